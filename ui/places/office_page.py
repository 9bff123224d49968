"""The office: its name, districts and facilities, the programme's figures, rounds, who signs, accounts, backup."""

from base64 import b64encode
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from cbs_desktop import settings
from cbs_desktop.certificates import actions as certificates
from cbs_desktop.certificates import queries as certificate_queries
from cbs_desktop.certificates.rules import Signer
from cbs_desktop.errors import Fault, Invalid
from cbs_desktop.places import actions, queries
from cbs_desktop.places.queries import Choice
from cbs_desktop.programmes import actions as programmes
from cbs_desktop.programmes import queries as programme_queries
from cbs_desktop.programmes.queries import RoundFacts
from cbs_desktop.words import _, many
from ui.desk import Desk
from ui.places.accounts import Accounts
from ui.places.programme import ask_round, ask_rules
from ui.screen import Screen
from ui.vocabulary import full_day
from ui.widgets.dialog import Dialog
from ui.widgets.form import Field, Form
from ui.widgets.parts import Facts, button, label, line, rows, scrolled, sheet

_LOGO_MOST = 1_000_000  # bytes of a picture
_LANGUAGES = (
    ("rw+en", "Kinyarwanda and English"),
    ("rw+fr", "Kinyarwanda and French"),
    ("rn+fr", "Kirundi and French"),
    ("rn+en", "Kirundi and English"),
)


class OfficePage(Screen):
    """One sheet for each matter, a button on each."""

    word = "office"
    watches = frozenset({"*"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.page_actions = (
            (_("New round"), "Ctrl+N", "add", "new_round"),
            (_("Back up now"), "Ctrl+B", "backup", "back_up"),
        )
        self._values: dict[str, Any] = {}
        self._covered: list[Choice] = []
        self._all: list[Choice] = []
        self._rounds: list[RoundFacts] = []
        self._programme: tuple[int, Any] | None = None
        self._signers: list[Signer] = []
        self.facts = {key: Facts() for key in ("office", "places", "programme", "rounds", "signers", "backup")}
        left = rows(
            self._panel(_("Office"), "office", (_("Change"), self.change_office), (_("Logo"), self.choose_logo)),
            self._panel(
                _("Districts and facilities"),
                "places",
                (_("Districts"), self.change_districts),
                (_("Add a facility"), self.add_facility),
            ),
            self._panel(
                _("Accounts and safety"),
                "backup",
                (_("Accounts"), self.show_accounts),
                (_("Check the file"), self.check),
            ),
            None,
            gap=16,
        )
        right = rows(
            self._panel(
                _("Rounds"), "rounds", (_("New round"), self.new_round), (_("Change the latest"), self.change_round)
            ),
            self._panel(_("Programme"), "programme", (_("Change its figures"), self.change_rules)),
            self._panel(_("Who signs certificates"), "signers", (_("Change"), self.change_signers)),
            None,
            gap=16,
        )
        inside = QWidget()
        box = line(gap=16, margin=(24, 16, 24, 16))
        box.addLayout(left, 1)
        box.addLayout(right, 1)
        inside.setLayout(box)
        self.setLayout(rows(scrolled(inside)))

    def _panel(self, title: str, key: str, *acts: tuple[str, Any]) -> QWidget:
        buttons = line(*(button(text, press) for text, press in acts), None)
        return sheet(rows(label(title, "head"), self.facts[key], buttons, gap=12, margin=(16, 14, 16, 14)))

    def refresh(self) -> None:
        """Ask for all of it."""
        self.ask(settings.all_values, then=self._show_values)
        self.ask(queries.covered, then=self._show_covered)
        self.ask(queries.districts, then=lambda found: setattr(self, "_all", found))
        self.ask(queries.facilities, then=self._show_facilities)
        self.ask(programme_queries.rounds, then=self._show_rounds)
        self.ask(programme_queries.programmes, then=self._show_programme)
        self.ask(certificate_queries.signatories, then=self._show_signers)

    def _show_values(self, values: dict[str, Any]) -> None:
        self._values = values
        chosen: str = values["certificate languages"]
        languages = dict(_LANGUAGES).get(chosen, chosen)
        self.facts["office"].show_facts(
            [
                (_("Name"), values["office"]),
                (_("Code"), values["code"]),
                (_("Certificates in"), _(languages)),
                (_("Logo"), _("chosen") if values["logo"] else _("none")),
            ]
        )
        last = values["last backup"][:16].replace("T", " ")
        self.facts["backup"].show_facts(
            [
                (_("Last backup"), last or _("none yet")),
                (_("Folder"), str(self.desk.office.folder)),
                (_("Laptop"), self.desk.office.laptop),
            ]
        )
        self.tell(_("{name} · code {code} before every number").format(name=values["office"], code=values["code"]))

    def _show_covered(self, found: list[Choice]) -> None:
        self._covered = found
        self._tell_places()

    def _show_facilities(self, found: list[Choice]) -> None:
        self._facilities = found
        self._tell_places()

    def _tell_places(self) -> None:
        inside = ", ".join(one.name for one in getattr(self, "_facilities", []))
        names = ", ".join(one.name for one in self._covered)
        self.facts["places"].show_facts([(_("Districts"), names), (_("Facilities"), inside or _("none"))])

    def _show_rounds(self, found: list[RoundFacts]) -> None:
        self._rounds = found
        facts = [
            (one.name, f"{full_day(one.plan.starts)} – {full_day(one.plan.ends)}; {self._targets(one)}")
            for one in found[:4]
        ]
        self.facts["rounds"].show_facts(facts or [(_("Rounds"), _("none yet: open the first one"))])

    def _targets(self, one: RoundFacts) -> str:
        plan = one.plan
        return _("target {women} women, {men} men, {youth} youth, {adults} adults").format(
            women=plan.target_women, men=plan.target_men, youth=plan.target_youth, adults=plan.target_adults
        )

    def _show_programme(self, found: list[tuple[int, Any]]) -> None:
        self._programme = found[0] if found else None
        if self._programme is None:
            return
        r = self._programme[1]
        self.facts["programme"].show_facts(
            [
                (_("Programme"), r.title),
                (_("Sessions"), _("{n}, every {days} days").format(n=r.sessions, days=r.every_days)),
                (
                    _("Group size"),
                    _("{least} to {most}, target {target}, never above {stop}").format(
                        least=r.size_least, most=r.size_most, target=r.size_target, stop=r.size_stop
                    ),
                ),
                (_("Completion"), _("{n} of {m} sessions held").format(n=r.complete_at, m=r.sessions)),
                (_("Youth"), _("{first} to {last} years").format(first=r.youth_from, last=r.youth_to)),
                (_("Phases"), ", ".join(f"{_(name)} {n}" for name, n in r.phases)),
            ]
        )

    def _show_signers(self, found: list[Signer]) -> None:
        self._signers = found
        self.facts["signers"].show_facts(
            [(one.name, one.title) for one in found] or [(_("Signatories"), _("none yet"))]
        )

    def _dialog(self, title: str, form: Form, save: Any) -> Dialog:
        dialog = Dialog(self, title, form, _("Save"))
        dialog.accepted_with.connect(partial(save, dialog))
        dialog.show()
        return dialog

    def _send(self, dialog: Dialog, action: Any, *values: Any) -> None:
        self.desk.do(dialog, action, *values, then=dialog.well, failed=dialog.failed)

    # --- what can be changed

    @Slot()
    def change_office(self) -> None:
        """Name, and the languages of the certificates."""
        languages = [(code, _(text)) for code, text in _LANGUAGES]
        form = Form(
            [
                Field("office", _("Name of the office"), needed=True, span=2),
                Field("languages", _("Certificates in"), "choice", choices=languages, span=2),
            ]
        )
        form.show_values({"office": self._values.get("office"), "languages": self._values.get("certificate languages")})

        def save(dialog: Dialog, values: dict[str, Any]) -> None:
            self.do(settings.set_value, "certificate languages", values["languages"])
            self._send(dialog, settings.set_value, "office", values["office"])

        self._dialog(_("Office"), form, save)

    @Slot()
    def choose_logo(self) -> None:
        """A PNG or JPEG for the certificates."""
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Logo for the certificates"), "", "*.png *.jpg *.jpeg")
        if chosen:
            self.take_logo(Path(chosen))

    def take_logo(self, path: Path) -> None:
        """Keep a picture as the logo, if it is one."""
        content = path.read_bytes() if path.is_file() and path.stat().st_size <= _LOGO_MOST else b""
        is_picture = content[:8] == b"\x89PNG\r\n\x1a\n" or content[:3] == b"\xff\xd8\xff"
        if not is_picture or QImage.fromData(content).isNull():
            self.problem.emit(Invalid([Fault("logo", "not a picture")]))
            return
        self.do(settings.set_value, "logo", b64encode(content).decode())

    @Slot()
    def change_districts(self) -> None:
        """Which districts the office covers."""
        form = Form(
            [
                Field(
                    "districts",
                    _("The office covers"),
                    "many",
                    choices=[(one.id, one.name) for one in self._all],
                    span=2,
                )
            ]
        )
        form.show_values({"districts": [one.id for one in self._covered]})
        self._dialog(
            _("Districts"), form, lambda dialog, values: self._send(dialog, actions.cover, list(values["districts"]))
        )

    @Slot()
    def add_facility(self) -> None:
        """A correctional facility where groups meet."""
        form = Form(
            [
                Field("name", _("Name of the facility"), needed=True, span=2),
                Field("district", _("District"), "choice", choices=[(one.id, one.name) for one in self._covered]),
                Field("rooms", _("Groups it can hold at once"), "number", help=_("0 for no limit")),
            ]
        )
        form.show_values({"rooms": 0})

        def save(dialog: Dialog, values: dict[str, Any]) -> None:
            self._send(dialog, actions.add_facility, values["name"], values["district"], values["rooms"])

        self._dialog(_("Add a facility"), form, save)

    @Slot()
    def new_round(self) -> None:
        """Open a round."""
        if self._programme is not None:
            ask_round(self, _("New round"), None, partial(self._open_round, self._programme[0]))

    def _open_round(self, programme_id: int, dialog: Dialog, plan: Any) -> None:
        self._send(dialog, programmes.open_round, programme_id, plan)

    @Slot()
    def change_round(self) -> None:
        """Change the latest round."""
        if self._rounds:
            found = self._rounds[0]
            ask_round(
                self,
                _("Change round {name}").format(name=found.name),
                found.plan,
                lambda dialog, plan: self._send(dialog, programmes.change_round, found.id, plan),
            )

    @Slot()
    def change_rules(self) -> None:
        """The programme's figures."""
        if self._programme is not None:
            i, found = self._programme
            ask_rules(self, found, lambda dialog, changed: self._send(dialog, programmes.change_rules, i, changed))

    @Slot()
    def change_signers(self) -> None:
        """Two or three people who sign."""
        fields = []
        for n in (1, 2, 3):
            fields += [
                Field(f"name{n}", _("Name of signatory {n}").format(n=n)),
                Field(f"title{n}", _("Office, as printed")),
            ]
        form = Form(fields)
        form.show_values({f"name{n}": one.name for n, one in enumerate(self._signers, 1)})
        form.show_values({f"title{n}": one.title for n, one in enumerate(self._signers, 1)})

        def save(dialog: Dialog, values: dict[str, Any]) -> None:
            people = [(values[f"name{n}"], values[f"title{n}"]) for n in (1, 2, 3) if values[f"name{n}"].strip()]
            self._send(dialog, certificates.set_signatories, people)

        self._dialog(_("Who signs certificates"), form, save)

    @Slot()
    def show_accounts(self) -> None:
        """Who can sign in, and one's own password."""
        Accounts(self).show()

    @Slot()
    def check(self) -> None:
        """The start-up check, now."""
        self.work(_("Checking the file"), self.desk.office.check, then=self._checked, takes_progress=False)

    def _checked(self, facts: dict[str, Any]) -> None:
        acts = many("{n} action", "{n} actions", facts["acts"])
        well = _("All is well: file, journal with {acts}, triggers.").format(acts=acts)
        self.said.emit(
            well
            if facts["well"]
            else _("Something is wrong with the file. Make no changes; restore the latest backup into a new folder.")
        )

    @Slot()
    def back_up(self) -> None:
        """A verified copy, on a USB key if there is one."""
        chosen = QFileDialog.getExistingDirectory(self, _("Where to put the backup"))
        if chosen:
            self.back_up_to(Path(chosen))

    def back_up_to(self, folder: Path) -> None:
        """Make the backup there."""
        self.desk.back_up(self, folder, self._backed_up, self.problem.emit)

    def _backed_up(self, facts: dict[str, Any]) -> None:
        self.said.emit(_("The backup was made and checked: {folder}").format(folder=facts["folder"]))

    def show_item(self, item: Any) -> None:
        """The backup, when Home asks for it."""
        if item == "backup":
            self.back_up()
