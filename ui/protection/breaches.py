"""What was lost or seen: noted, its two clocks, what it held, what is to be done, and the drafts for the authority."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QProgressBar, QWidget

from cbs_desktop.errors import Fault, Invalid
from cbs_desktop.exports.kinds import KINDS as PAPERS
from cbs_desktop.exports.queries import Left, Stick
from cbs_desktop.exports.rules import Outgoing, Recipient
from cbs_desktop.protection import actions, documents, processing
from cbs_desktop.protection.law import Law
from cbs_desktop.protection.problems import (
    KIND_WORDS,
    MEASURE_WORDS,
    REASON_WORDS,
    say_held,
    say_left,
)
from cbs_desktop.protection.queries import Case
from cbs_desktop.protection.rules import KINDS, ControllerEntries, Loss, time_left
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.text import read_moment, write_moment
from cbs_desktop.words import _, many
from ui.screen import Screen
from ui.widgets.dialog import Dialog
from ui.widgets.form import Field, Form, FormValues
from ui.widgets.outgoing import keep, save_as
from ui.widgets.parts import button, label, line, rows

_WIDTH = 720  # pixels
_EVERY = 30_000  # milliseconds between two looks at the clock
_N = str  # marks a word for the catalogues; it is translated when it is shown
# measure → the words of its button, the place where it is taken, and what the place asks of the account
_WAYS: dict[str, tuple[str, str, object, Permission]] = {
    "passwords": (_N("Open accounts"), "office", "accounts", Permission.ACCOUNTS),
    "account": (_N("Open accounts"), "office", "accounts", Permission.ACCOUNTS),
    "restore": (_N("Open copies"), "office", "copies", Permission.SET_UP),
    "new stick": (_N("Back up now"), "office", "backup", Permission.BACK_UP),
    "journal": (_N("Open the journal"), "journal", None, Permission.READ_JOURNAL),
    "check": (_N("Check the office"), "journal", "check", Permission.READ_JOURNAL),
}


class NewCase(Dialog):
    """What was lost or seen, when it was noticed, and which stick or paper it was."""

    def __init__(
        self,
        page: Screen,
        sticks: Sequence[Stick],
        left: Sequence[Left],
        then: Callable[[int], object],
    ) -> None:
        self._page = page
        self._then = then
        self.form = Form(_fields(sticks, left))
        super().__init__(
            page,
            _("Something was lost or seen"),
            self.form,
            _("Note it, and start the clocks"),
            _WIDTH,
            tall=True,
            ends_in=actions.open_breach,
        )
        now = write_moment(page.desk.office.now())
        self.form.show_values({"noticed": now})
        self.accepted_with.connect(self._note)

    def _note(self, values: FormValues) -> None:
        noticed = read_moment(values["noticed"])
        if noticed is None:
            self.failed(Invalid([Fault("noticed", "not a moment")]))
            return
        loss = Loss(
            values["kind"],
            noticed,
            values["happened"],
            values["where"],
            values["was_open"],
            values["stick"],
            values["export"],
        )
        desk = self._page.desk
        desk.do(self, actions.open_breach, loss, then=self._noted, failed=self.failed)

    def _noted(self, breach_id: int) -> None:
        self.well()
        self._then(breach_id)


def _fields(sticks: Sequence[Stick], left: Sequence[Left]) -> list[Field]:
    kinds: list[tuple[object, str]] = []
    for kind in KINDS:
        kinds.append((kind, _(KIND_WORDS[kind])))
    numbers: list[tuple[object, str]] = [(0, _("None of these"))]
    for stick in sticks:
        backups = many("{n} backup", "{n} backups", stick.backups)
        word = _("USB stick {number}: {backups}, the last of {moment}")
        moment = write_moment(stick.last)
        said = word.format(number=stick.number, backups=backups, moment=moment)
        numbers.append((stick.number, said))
    papers: list[tuple[object, str]] = [(0, _("None of these"))]
    for one in left:
        if one.people and one.kind != "backup":
            people = many("{n} person", "{n} people", one.people)
            word = _(PAPERS[one.kind].word)
            papers.append((one.id, f"{write_moment(one.at)} · {word}, {people}"))
    moment_help = _("Day and time: 28/11/2026 14:30. The clocks run from then.")
    return [
        Field("kind", _("What happened"), "choice", choices=kinds),
        Field("noticed", _("Noticed on, at"), help=moment_help, needed=True),
        Field("happened", _("Happened on, if known"), "date"),
        Field("where", _("Where"), help=_("A place. No names of people.")),
        Field("was_open", _("Somebody was signed in, and the window was not locked"), "yes", span=2),
        Field("stick", _("Which stick"), "choice", choices=numbers, span=2),
        Field("export", _("Which paper or file"), "choice", choices=papers, span=2),
    ]  # fmt: skip


class DueClock(QWidget):
    """How long until something is due: a bar that fills, and the same in words."""

    def __init__(self, what: str) -> None:
        super().__init__()
        self._what = what
        self.words = label("", "strong")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 100)
        self.setLayout(rows(self.words, self.bar, gap=2))

    def show_time(self, noticed: datetime, hours: int, now: datetime) -> None:
        """Show the time that is left of so many hours since it was noticed."""
        left = time_left(noticed, hours, now)
        said = _("{what} by {moment}: {left}").format(
            what=self._what, moment=write_moment(left.due), left=say_left(left)
        )
        self.words.setText(said)
        self.bar.setValue(round(100 * left.share))
        self.bar.setAccessibleName(said)

    def show_done(self, moment: datetime) -> None:
        """It was done."""
        said = _("{what}: done on {moment}").format(
            what=self._what, moment=write_moment(moment)
        )
        self.words.setText(said)
        self.bar.hide()


class CaseDialog(Dialog):
    """One loss: clocks, what it held, why the risk is high, and what was done."""

    def __init__(self, page: Screen, law: Law, case: Case) -> None:
        self._page = page
        self._law = law
        self.case = case
        self.notice_clock = DueClock(_("Tell the authority"))
        self.report_clock = DueClock(_("Report to the authority"))
        self.form = Form(_steps(case), columns=1)
        inside = QWidget()
        inside.setLayout(
            rows(
                self.notice_clock,
                self.report_clock,
                label(say_held(case.loss, case.held), wrap=True),
                label(_risk(case), "strong", wrap=True),
                self.form,
                line(*self._ways(), None),
                line(*self._buttons(), None),
                gap=12,
            )
        )
        title = _(KIND_WORDS[case.loss.kind])
        super().__init__(
            page,
            title,
            inside,
            _("Save"),
            _WIDTH,
            tall=True,
            ends_in=actions.note_steps,
            about=case.id,
        )
        done: dict[str, object] = {one: one in case.taken for one in case.measures}
        done["told"] = case.told is not None
        done["reported"] = case.reported is not None
        self.form.show_values(done)
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self.show_clocks)
        self._timer.start()
        self.show_clocks()
        may = page.may(actions.note_steps) and case.closed is None
        self.main.setVisible(may)
        self.close_it.setVisible(may)
        self.form.setEnabled(may)
        self.accepted_with.connect(self._save)

    def _buttons(self) -> tuple[QWidget, ...]:
        self.close_it = button(_("Close this case…"), self._ask_outcome)
        return (
            button(_("Save the notice…"), self.save_notice, "", "save"),
            button(_("Save the report…"), self.save_report, "", "save"),
            self.close_it,
        )

    def _ways(self) -> list[QWidget]:
        """A button to each place where something is done about it."""
        made: dict[str, QWidget] = {}
        account = self._page.desk.office.account
        for one in self.case.measures:
            if one not in _WAYS:
                continue
            words, place, item, needs = _WAYS[one]
            if account.may(needs) and words not in made:
                made[words] = button(_(words), partial(self._go, place, item))
        return list(made.values())

    def _go(self, place: str, item: object, *_pressed: object) -> None:
        """To a place where something is done; what was ticked and not saved is asked about first."""
        self.reject()
        if not self.isVisible():
            self._page.opens.emit(place, item)

    @Slot()
    def show_clocks(self) -> None:
        """The time that is left now."""
        now = self._page.desk.office.now()
        noticed = self.case.loss.noticed
        figures = self._law.figures
        for clock, done, key in (
            (self.notice_clock, self.case.told, "notice_hours"),
            (self.report_clock, self.case.reported, "report_hours"),
        ):
            if done is not None:
                clock.show_done(done)
            else:
                clock.show_time(noticed, figures[key].value, now)

    def _save(self, _values: FormValues) -> None:
        values = self.form.values()
        self.send(
            self._page.desk,
            actions.note_steps,
            self.case.id,
            [one for one in self.case.measures if values[one]],
            values["told"],
            values["reported"],
        )

    @Slot()
    def save_notice(self) -> None:
        """The draft of the notice as PDF."""
        title = _("Save the notice")
        name = "breach-notice.pdf"
        desk = self._page.desk
        write = partial(self.write, "breach notice")
        save_as(self, desk, "breach notice", title, name, "*.pdf", write)

    @Slot()
    def save_report(self) -> None:
        """The draft of the report as PDF."""
        title = _("Save the report")
        name = "breach-report.pdf"
        desk = self._page.desk
        write = partial(self.write, "breach report")
        save_as(self, desk, "breach report", title, name, "*.pdf", write)

    def write(self, kind: str, path: Path, *_to: Recipient) -> None:
        """Draw one of the two, with the contacts of the register, and write it."""
        then = partial(self._write_with, kind, path)
        self._page.desk.ask(self, processing.entries, then=then)

    def _write_with(self, kind: str, path: Path, entries: ControllerEntries) -> None:
        office = self._page.desk.office
        draw = documents.report
        if kind == "breach notice":
            draw = documents.notice
        content = draw(office, self.case, self._law, entries, office.now())
        said = _("Saved as {file}").format(file=path.name)
        keep(self._page, Outgoing(kind), {path: content}, said)
        self.tell(said)

    @Slot()
    def _ask_outcome(self) -> None:
        help_ = _("What came of it, in a sentence or two. No names.")
        form = Form([Field("outcome", _("How it ended"), "long", help_)], columns=1)
        close = actions.close_breach
        title = _("Close this case")
        dialog = Dialog(
            self, title, form, title, 520, ends_in=close, about=self.case.id
        )

        def go(values: FormValues) -> None:
            desk = self._page.desk
            desk.do(
                dialog,
                close,
                self.case.id,
                values["outcome"],
                then=gone,
                failed=dialog.failed,
            )

        def gone(_none: object) -> None:
            dialog.well()
            self.well()

        dialog.accepted_with.connect(go)
        dialog.show()


def _steps(case: Case) -> list[Field]:
    fields = [
        Field("told", _("The authority was told"), "yes"),
        Field("reported", _("The authority has the report"), "yes"),
    ]
    for one in case.measures:
        fields.append(Field(one, _(MEASURE_WORDS[one]), "yes"))
    return fields


def _risk(case: Case) -> str:
    if not case.reasons:
        return _("The risk to the people concerned is not high.")
    why = " ".join(_(REASON_WORDS[reason]) for reason in case.reasons)
    return _("High risk: tell the people concerned. {why}").format(why=why)
