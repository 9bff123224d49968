"""The rights of a person: requests with their clock, restriction, everything on paper, and erasing."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QBoxLayout, QWidget

from cbs_desktop import clock
from cbs_desktop.exports import files
from cbs_desktop.exports.rules import Outgoing
from cbs_desktop.keeping import holding
from cbs_desktop.keeping.holding import HoldingCopy
from cbs_desktop.overview.roster import Record
from cbs_desktop.participants import choices, restricting
from cbs_desktop.rights import actions, documents, queries, rules
from cbs_desktop.rights.actions import RequestDetails
from cbs_desktop.rights.queries import ErasurePreview, Request, Rights
from cbs_desktop.words import _, many
from ui.participants.erasing import EraseDialog, HoldingDialog
from ui.vocabulary import full_day
from ui.widgets.dialog import Dialog
from ui.widgets.form import Field, Form, FormValues
from ui.widgets.outgoing import where_to
from ui.widgets.parts import button, label, line, rows
from ui.widgets.table import Column, Table
from ui.work import Work

if TYPE_CHECKING:
    from ui.participants.people import Participants

_N = str  # marks a word for the catalogues; it is translated when it is shown
KINDS = {
    "access": _N("See everything about them"),
    "correct": _N("Have it corrected"),
    "restrict": _N("Have it restricted"),
    "erase": _N("Be erased"),
    "object": _N("Object to a use"),
    "portability": _N("Take it elsewhere"),
}
ANSWERS = {
    "done": _N("Done as asked"),
    "partly": _N("Done in part"),
    "refused": _N("Refused"),
    "withdrawn": _N("Withdrawn by the person"),
}
_WIDE = 760  # pixels
_TABLE = 150
assert tuple(KINDS) == rules.KINDS and tuple(ANSWERS) == rules.ANSWERS


def clock_words(request: Request) -> str:
    """How long there is to answer, or what was answered."""
    if request.clock is None:
        answered = full_day(request.answered_on) if request.answered_on else ""
        return f"{_(ANSWERS[request.answer])}, {answered}"
    left = request.clock.left
    until = full_day(request.clock.until)
    if left < 0:
        late = many("{n} day overdue", "{n} days overdue", -left)
        return _("{late}: answer now").format(late=late)
    days = many("{n} day left", "{n} days left", left)
    return _("{days}, until {day}").format(days=days, day=until)


class RightsDialog(Dialog):
    """What a person asked about their data, and what can be done."""

    def __init__(self, screen: "Participants", record: Record) -> None:
        self._screen = screen
        self._record = record
        self._rights: Rights | None = None
        self.state = label("", "second", wrap=True)
        self.table = Table(_("Requests"), _columns())
        self.table.setFixedHeight(_TABLE)
        self.answer = button(_("Answer…"), self.answer_request)
        self.restrict = button(_("Restrict…"), self.restrict_or_lift)
        self.letter = button(_("Save letter…"), self.save_letter)
        self.save = button(_("Save everything…"), self.save_everything)
        self.erase = button(_("Erase…"), self.begin_erasure)
        inside = QWidget()
        inside.setLayout(
            rows(
                self.state,
                label(_("Requests"), "head"),
                self.table,
                self._buttons(),
                gap=10,
            )
        )
        title = _("Rights: {name}").format(name=record.row.name)
        super().__init__(screen, title, inside, _("New request…"), _WIDE)
        self.cancel.setText(_("Close"))
        self.accepted_with.connect(self.new_request)
        self.look()

    def _buttons(self) -> QBoxLayout:
        acts = (self.answer, self.letter, self.restrict, self.save, self.erase)
        return line(*acts, None, gap=8)

    @Slot()
    def look(self, *_done: object) -> None:
        """Read it anew."""
        self.main.setEnabled(True)
        person = self._record.row.id
        self._screen.desk.ask(self, queries.of_person, person, then=self._show)

    def _show(self, rights: Rights) -> None:
        self._rights = rights
        self.table.show_rows(list(rights.requests))
        self.state.setText(_state(rights))
        words = _("Lift restriction…") if rights.restricted_why else _("Restrict…")
        self.restrict.setText(words)
        may = self._screen.may
        is_there = not rights.erased
        has_open = bool(_open(rights))
        is_asked = _to_erase(rights) is not None
        self.restrict.setEnabled(may(restricting.restrict) and is_there)
        self.answer.setEnabled(may(actions.answer_request) and has_open)
        self.letter.setEnabled(_answered(rights) is not None)
        self.save.setEnabled(may(actions.record_request))
        self.erase.setEnabled(may(actions.erase) and is_asked)
        self.main.setEnabled(may(actions.record_request) and is_there)

    @Slot(dict)
    def new_request(self, _values: FormValues) -> None:
        """A request that came in."""
        self.main.setEnabled(True)
        RequestDialog(self, self._screen, self._record).show()

    @Slot()
    def answer_request(self) -> None:
        """The answer to the oldest open request, or the one that is selected."""
        if self._rights is None:
            return
        chosen = self.table.current()
        request = chosen if isinstance(chosen, Request) and chosen.clock else None
        request = request or _open(self._rights)[-1]
        AnswerDialog(self, self._screen, request).show()

    @Slot()
    def restrict_or_lift(self) -> None:
        """Restrict the data, or lift that, for a reason."""
        if self._rights is not None:
            RestrictDialog(self, self._screen, self._record, self._rights).show()

    @Slot()
    def save_everything(self) -> None:
        """A ZIP with a PDF and tables, where a person chooses."""
        assert self._rights is not None
        name = f"{self._rights.number}.zip"
        title = _("Save everything about this person")
        path = where_to(self, title, name, "ZIP (*.zip)")
        if path is not None:
            self.save_to(path)

    def save_to(self, path: Path) -> None:
        """Save it, and say so."""
        assert self._rights is not None
        person, number = self._record.row.id, self._rights.number
        office = self._screen.desk.office
        today = clock.day_of(office.now())

        said = _("Saved as {file}.")

        def work() -> str:
            content = documents.everything_files(office, person, number, today)
            leaves = Outgoing("everything of one", 1)
            if files.write(office, leaves, {path: content}):
                return said.format(file=path.name)
            return f"{said.format(file=path.name)} {files.not_noted()}"

        self._begin(work)

    def _begin(self, work: Callable[[], str]) -> None:
        Work(
            self, work, then=self.tell, failed=self.failed, takes_progress=False
        ).start()

    @Slot()
    def save_letter(self) -> None:
        """The letter that answers the request that is selected, or the latest answered one."""
        assert self._rights is not None
        chosen = self.table.current()
        is_answered = isinstance(chosen, Request) and chosen.clock is None
        request = chosen if is_answered else _answered(self._rights)
        if request is None:
            return
        name = f"{request.number}-{_('answer')}.pdf"
        path = where_to(self, _("Save letter"), name, "PDF (*.pdf)")
        if path is not None:
            self.save_letter_to(request, path)

    def save_letter_to(self, request: Request, path: Path) -> None:
        """Save the letter, and say so."""
        assert self._rights is not None
        office = self._screen.desk.office
        name = "" if self._rights.erased else self._record.row.name
        said = _("Saved as {file}.").format(file=path.name)

        def work() -> str:
            content = documents.answer_letter(office, request.id, name)
            if files.write(office, Outgoing("answer letter", 1), {path: content}):
                return said
            return f"{said} {files.not_noted()}"

        self._begin(work)

    @Slot()
    def begin_erasure(self) -> None:
        """Tell first what goes and what stays."""
        request = _to_erase(self._rights) if self._rights else None
        if request is not None:
            self._screen.desk.ask(
                self,
                queries.preview,
                request.person_id,
                then=partial(self._confirm, request),
            )

    def _confirm(self, request: Request, preview: ErasurePreview) -> None:
        dialog = EraseDialog(self, self._screen, request, preview)
        dialog.accepted.connect(self.erased)
        dialog.show()

    def erased(self) -> None:
        """Name the copies that still hold the person; then there is nothing more to do here."""
        office = self._screen.desk.office
        Work(
            self,
            lambda: holding.holding(office),
            then=self._show_copies,
            failed=self.failed,
            takes_progress=False,
        ).start()

    def _show_copies(self, found: list[HoldingCopy]) -> None:
        if not found:
            self.well()
            return
        dialog = HoldingDialog(self, self._screen, found)
        dialog.finished.connect(self.well)
        dialog.show()


def _columns() -> list[Column]:
    return [
        Column(_("Received"), lambda one: full_day(one.received_on), width=110),
        Column(_("What is asked"), lambda one: _(KINDS[one.kind]), width=190),
        Column(_("Taken in by"), lambda one: one.taken_by, width=110),
        Column(_("Answer"), clock_words, width=240),
    ]


def _open(rights: Rights) -> list[Request]:
    return [one for one in rights.requests if one.clock is not None]


def _answered(rights: Rights) -> Request | None:
    """The latest request that was answered."""
    for request in rights.requests:
        if request.clock is None:
            return request
    return None


def _to_erase(rights: Rights) -> Request | None:
    for request in _open(rights):
        if request.kind == rules.ERASE:
            return request
    return None


def _state(rights: Rights) -> str:
    if rights.erased:
        return _("Erased. The number {number} and the figures are left.").format(
            number=rights.number
        )
    if rights.restricted_why and rights.restricted_since:
        return _(
            "Restricted since {day}: {why}. The data are kept and not used."
        ).format(day=full_day(rights.restricted_since), why=_(rights.restricted_why))
    return _(
        "A request is answered within {n} days. To erase somebody, record a request to be erased first."
    ).format(n=rights.answer_days)


def _choices(words: dict[str, str]) -> list[tuple[str, str]]:
    return [(code, _(said)) for code, said in words.items()]


def _as_they_are(codes: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(code, _(code)) for code in codes]


class RequestDialog(Dialog):
    """A request that came in."""

    def __init__(
        self, above: RightsDialog, screen: "Participants", record: Record
    ) -> None:
        form = Form(
            [
                Field("kind", _("What is asked"), "choice", choices=_choices(KINDS)),
                Field("received_on", _("Received on"), "date", needed=True),
                Field("from_whom", _("Asked by, if not the person"), "text", span=2),
                Field("mode", _("How"), "choice", choices=_as_they_are(rules.MODES)),
            ]
        )
        title = _("Request of {name}").format(name=record.row.name)
        super().__init__(
            above,
            title,
            form,
            _("Record request"),
            ends_in=actions.record_request,
            about=record.row.id,
        )
        form.show_values({"received_on": clock.day_of(screen.desk.office.now())})
        self._screen = screen
        self._person = record.row.id
        self.accepted_with.connect(self._save)
        self.accepted.connect(above.look)

    @Slot(dict)
    def _save(self, values: FormValues) -> None:
        details = RequestDetails(
            kind=values["kind"],
            received_on=values["received_on"],
            from_whom=values["from_whom"],
            mode=values["mode"],
        )
        self.send(self._screen.desk, actions.record_request, self._person, details)


class AnswerDialog(Dialog):
    """What was answered to a request."""

    def __init__(
        self, above: RightsDialog, screen: "Participants", request: Request
    ) -> None:
        form = Form(
            [
                Field("answer", _("Answer"), "choice", choices=_choices(ANSWERS)),
                Field(
                    "refusal",
                    _("Reason, if refused or done in part"),
                    "choice",
                    choices=[("", ""), *_as_they_are(rules.REFUSALS)],
                ),
            ]
        )
        super().__init__(
            above,
            _("Answer: {what}").format(what=_(KINDS[request.kind])),
            form,
            _("Record answer"),
            ends_in=actions.answer_request,
            about=request.id,
        )
        self._screen = screen
        self._request = request
        self.accepted_with.connect(self._save)
        self.accepted.connect(above.look)

    @Slot(dict)
    def _save(self, values: FormValues) -> None:
        self.send(
            self._screen.desk,
            actions.answer_request,
            self._request.id,
            values["answer"],
            values["refusal"],
        )


class RestrictDialog(Dialog):
    """Restrict the data of a person, or lift that."""

    def __init__(
        self,
        above: RightsDialog,
        screen: "Participants",
        record: Record,
        rights: Rights,
    ) -> None:
        held = bool(rights.restricted_why)
        self._do = restricting.lift if held else restricting.restrict
        reasons = choices.LIFTING_REASONS if held else choices.RESTRICTION_REASONS
        form = Form(
            [Field("reason", _("Reason"), "choice", choices=_as_they_are(reasons))]
        )
        words = _("Lift the restriction") if held else _("Restrict the data")
        super().__init__(
            above, words, form, words, ends_in=self._do, about=record.row.id
        )
        self._screen = screen
        self._person = record.row.id
        self.accepted_with.connect(self._save)
        self.accepted.connect(above.look)

    @Slot(dict)
    def _save(self, values: FormValues) -> None:
        self.send(self._screen.desk, self._do, self._person, values["reason"])
