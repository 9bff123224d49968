"""Printing registers: which sessions, in which languages; or the whole season on one page."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from cbs_desktop.attendance import documents as overview
from cbs_desktop.exports.rules import OWN, Outgoing, Recipient
from cbs_desktop.participants.availability import LANGUAGE_WORDS
from cbs_desktop.scans import actions, papers, queries
from cbs_desktop.scans.papers import PrintedRegisters
from cbs_desktop.scans.queries import RegisterChoice
from cbs_desktop.scans.wording import LANGUAGES
from cbs_desktop.words import _, many
from ui.screen import Screen
from ui.widgets.dialog import Dialog
from ui.widgets.form import Field, Form, FormValues
from ui.widgets.outgoing import keep, save_as

KIND = "attendance registers"
_WEEKS = 4  # at the most beside each other on a page


@dataclass(frozen=True, slots=True)
class Here:
    """Where the cursor is: the group, and the number of the session."""

    group_id: int
    group: str
    session: int


class RegisterPrinting:
    """What the page of attendance can do with registers on paper."""

    def __init__(self, page: Screen, round_id: int, round_name: str) -> None:
        self.page = page
        self.round_id = round_id
        self._name = f"registers-{round_name}.pdf"

    def ask(self, here: Here) -> None:
        """Ask which registers, then where they go."""
        self.page.ask(queries.languages, then=partial(self._show, here))

    def _show(self, here: Here, languages: tuple[str, ...]) -> None:
        form = _form(here, languages)
        dialog = Dialog(self.page, _("Print registers"), form, _("Choose where…"), 560)
        dialog.accepted_with.connect(partial(self._go, dialog, here))
        dialog.show()

    def _go(self, dialog: Dialog, here: Here, values: FormValues) -> None:
        dialog.well()
        if values["which"] == "season":
            self._choose_file(self.write_season)
            return
        languages = dict.fromkeys(filter(None, (values["first"], values["second"])))
        choice = _choice(here, values["which"], values["weeks"])
        self._choose_file(partial(self.write, choice, tuple(languages)))

    def _choose_file(self, write: Callable[[Path, Recipient], object]) -> None:
        title = _("Save the registers")
        save_as(self.page, self.page.desk, KIND, title, self._name, "*.pdf", write)

    def write(
        self,
        choice: RegisterChoice,
        languages: tuple[str, ...],
        path: Path,
        to: Recipient = OWN,
    ) -> None:
        """Draw them beside the window, note their pages, and write them."""

        def made(paper: PrintedRegisters) -> None:
            then = partial(self._keep, paper, path, to)
            self.page.do(actions.print_registers, paper.noted, languages, then=then)

        office = self.page.desk.office
        drawn = (papers.registers, office, self.round_id, choice, languages)
        self.page.work(_("Drawing the registers"), *drawn, then=made)

    def _keep(
        self, paper: PrintedRegisters, path: Path, to: Recipient, *_noted: object
    ) -> None:
        pages = many("{n} page", "{n} pages", len(paper.noted))
        said = _(
            "{pages} saved to {file}. Print it from there; what comes back is read under Read registers"
        )
        what = Outgoing(KIND, paper.people, to)
        keep(
            self.page,
            what,
            {path: paper.content},
            said.format(pages=pages, file=path.name),
        )

    def write_season(self, path: Path, to: Recipient = OWN) -> None:
        """The season of every group on a page each, with the marks that are there."""

        def made(paper: tuple[bytes, int]) -> None:
            content, people = paper
            said = _("The registers were saved to {file}. Print them from there")
            what = Outgoing(KIND, people, to)
            keep(self.page, what, {path: content}, said.format(file=path.name))

        self.page.work(
            _("Saving the registers"),
            overview.counted_registers,
            self.page.desk.office,
            self.round_id,
            takes_progress=False,
            then=made,
        )


def _choice(here: Here, which: str, weeks: int) -> RegisterChoice:
    mine = frozenset({here.group_id})
    if which == "session":
        return RegisterChoice(mine, first=here.session)
    if which == "from here":
        return RegisterChoice(mine, first=here.session, weeks=weeks)
    if which == "week":
        return RegisterChoice()
    return RegisterChoice(weeks=weeks)


def _form(here: Here, languages: tuple[str, ...]) -> Form:
    facts = {"n": here.session, "group": here.group}
    which = (
        ("session", _("Session {n} of {group}").format(**facts)),
        ("from here", _("{group}, from session {n} on").format(**facts)),
        ("week", _("This week, all groups")),
        ("weeks", _("This week and the next, all groups")),
        ("season", _("The whole season, to look at: it is not read back")),
    )
    weeks = [(n, str(n)) for n in range(2, _WEEKS + 1)]
    words = [(code, _(LANGUAGE_WORDS[code])) for code in LANGUAGES]
    beside = [("", _("no other")), *words]
    form = Form(
        [
            Field("which", _("Which registers"), "choice", choices=which, span=2),
            Field(
                "weeks",
                _("Weeks, where it is several"),
                "choice",
                help=_("One page holds up to four sessions side by side."),
                choices=weeks,
                span=2,
            ),
            Field("first", _("Language"), "choice", choices=words),
            Field("second", _("Beside it"), "choice", choices=beside),
        ]
    )
    first, second = (*languages, "")[:2]
    form.show_values(
        {"which": "session", "weeks": _WEEKS, "first": first, "second": second}
    )
    return form
