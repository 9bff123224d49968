"""The office: its name, districts and facilities, the programme's figures, rounds, who signs, accounts, backup."""

from base64 import b64encode
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from cbs_desktop import settings
from cbs_desktop.certificates import actions as certificates
from cbs_desktop.certificates import queries as certificate_queries
from cbs_desktop.certificates.rules import Signer
from cbs_desktop.errors import Invalid
from cbs_desktop.places import actions, queries
from cbs_desktop.places.queries import Choice
from cbs_desktop.programmes import actions as programmes
from cbs_desktop.programmes import queries as programme_queries
from cbs_desktop.programmes.queries import RoundFacts
from cbs_desktop.screening import queries as screening
from cbs_desktop.screening.instrument import pick
from cbs_desktop.screening.instruments import Listed
from cbs_desktop.words import _, language, many
from ui.desk import Desk
from ui.places import logo
from ui.places.accounts import Accounts
from ui.places.programme import ask_round, ask_rules, rule_facts, targets
from ui.places.questionnaires import Questionnaires
from ui.places.referrals import Referrals
from ui.screen import Screen
from ui.vocabulary import full_day
from ui.widgets.dialog import Dialog
from ui.widgets.form import Field, Form
from ui.widgets.parts import Facts, button, label, line, rows, scrolled, sheet

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
        self.facts = {
            key: Facts() for key in ("office", "places", "programme", "rounds", "signers", "screening", "backup")
        }
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
            self._panel(
                _("Screening"),
                "screening",
                (_("Questionnaires"), self.show_questionnaires),
                (_("Referral directory"), self.show_referrals),
            ),
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
        self.ask(screening.questionnaires, then=self._show_questionnaires)

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
            (one.name, f"{full_day(one.plan.starts)} – {full_day(one.plan.ends)}; {targets(one.plan)}")
            for one in found[:4]
        ]
        self.facts["rounds"].show_facts(facts or [(_("Rounds"), _("none yet: open the first one"))])

    def _show_programme(self, found: list[tuple[int, Any]]) -> None:
        self._programme = found[0] if found else None
        if self._programme is None:
            return
        self.facts["programme"].show_facts(rule_facts(self._programme[1]))

    def _show_signers(self, found: list[Signer]) -> None:
        self._signers = found
        self.facts["signers"].show_facts(
            [(one.name, one.title) for one in found] or [(_("Signatories"), _("none yet"))]
        )

    def _show_questionnaires(self, found: list[Listed]) -> None:
        used = [pick(one.instrument.title, language()) for one in found if one.used and one.instrument]
        broken = ", ".join(one.key for one in found if one.problem is not None)
        self.facts["screening"].show_facts([(_("Used"), ", ".join(used)), (_("Cannot be used"), broken)])

    def _dialog(self, title: str, form: Form, save: Any) -> Dialog:
        dialog = Dialog(self, title, form, _("Save"))
        dialog.accepted_with.connect(partial(save, dialog))
        dialog.show()
        return dialog

    def _send(self, dialog: Dialog, action: Any, *values: Any) -> None:
        self.desk.do(dialog, action, *values, then=dialog.well, failed=dialog.failed)

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
        try:
            self.do(settings.set_value, "logo", b64encode(logo.read(path)).decode())
        except Invalid as problem:
            self.problem.emit(problem)

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
        for n, one in enumerate(self._signers, 1):
            form.show_values({f"name{n}": one.name, f"title{n}": one.title})

        def save(dialog: Dialog, values: dict[str, Any]) -> None:
            people = [(values[f"name{n}"], values[f"title{n}"]) for n in (1, 2, 3) if values[f"name{n}"].strip()]
            self._send(dialog, certificates.set_signatories, people)

        self._dialog(_("Who signs certificates"), form, save)

    @Slot()
    def show_questionnaires(self) -> None:
        """Which questionnaires are used; adding one; blank forms."""
        Questionnaires(self).show()

    @Slot()
    def show_referrals(self) -> None:
        """The referral directory."""
        Referrals(self).show()

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
