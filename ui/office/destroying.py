"""Destroying what was kept for its whole time: what it comes to, then a part after another until it is done or stopped."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QProgressBar, QWidget

from cbs_desktop.rights import actions
from cbs_desktop.rights.retention import DestructionPreview, Due, Retention
from cbs_desktop.rights.rules import IDENTITY, RAW
from cbs_desktop.words import _, many
from ui.screen import Screen
from ui.widgets.dialog import Dialog
from ui.widgets.form import FormValues
from ui.widgets.parts import label, rows

_AT_ONCE = 10  # people in one act: between two acts it can be stopped
T = TypeVar("T")


class DestroyDialog(Dialog):
    """What destroying comes to; then it is done in parts, and can be stopped between them."""

    def __init__(
        self,
        page: Screen,
        known: Retention,
        due: Sequence[Due],
        preview: DestructionPreview,
    ) -> None:
        self._page = page
        self._alone = known.alone
        self._pairs = [(one.person_id, one.round_id) for one in due if one.kind == RAW]
        self._people = [one for one in due if one.kind == IDENTITY]
        self._steps: list[Callable[[], None]] = []
        self._records = {RAW: 0, IDENTITY: 0}
        self._done = 0
        self._at_work = False
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setAccessibleName(_("Your password"))
        self.bar = QProgressBar()
        self.bar.setAccessibleName(_("Progress"))
        self.bar.hide()
        account = page.desk.office.account.name
        told = _told(self._pairs, self._people, preview, known.alone, account)
        box = rows(*(label(one, wrap=True) for one in told), gap=8)
        if self._people and known.alone:
            alone = _("You are the only coordinator: confirm with your password.")
            box.addWidget(label(alone, "strong", wrap=True))
            box.addWidget(self.password)
        box.addWidget(self.bar)
        inside = QWidget()
        inside.setLayout(box)
        is_ready = self._pairs or known.alone or self._mine()
        words = _("Destroy for good") if is_ready else _("Propose to erase")
        super().__init__(page, _("Destroy"), inside, words, 640, tall=True)
        self.lead_to_cancel()
        self.accepted_with.connect(self._begin)

    def _mine(self) -> list[int]:
        """Requests that this account may carry out."""
        account = self._page.desk.office.account.name
        found: list[int] = []
        for one in self._people:
            if one.request and (self._alone or one.taken_by != account):
                found.append(one.request)
        return found

    @Slot(dict)
    def _begin(self, _values: FormValues) -> None:
        self._at_work = True
        self.cancel.setText(_("Stop"))
        for part in _parts(self._staying_pairs()):
            self._steps.append(lambda part=part: self._destroy(part))
        self._erase_in_parts(self._mine())
        new = [one.person_id for one in self._people if not one.request]
        if new:
            self._steps.insert(0, lambda: self._propose(new))
        self.bar.setMaximum(len(self._steps))
        self.bar.show()
        self._next()

    def _staying_pairs(self) -> list[tuple[int, int]]:
        """The answers of people who are not erased now: erasing takes theirs along."""
        mine = self._mine()
        gone = set[int]()
        for one in self._people:
            if self._alone or one.request in mine:
                gone.add(one.person_id)
        return [pair for pair in self._pairs if pair[0] not in gone]

    def _erase_in_parts(self, requests: Sequence[int]) -> None:
        """First of all: a wrong password is told before anything is gone."""
        erasing: list[Callable[[], None]] = []
        for part in _parts(requests):
            erasing.append(lambda part=part: self._erase(part))
        self._steps[:0] = erasing
        self.bar.setMaximum(self._done + len(self._steps))

    def _next(self) -> None:
        self.bar.setValue(self._done)
        if not self._steps:
            self._at_work = False
            self._page.said.emit(_("It is done. Records… lists what was destroyed."))
            self.well()
            return
        step = self._steps.pop(0)
        self._done += 1
        step()

    def _destroy(self, pairs: Sequence[tuple[int, int]]) -> None:
        desk = self._page.desk
        record = self._records[RAW]
        desk.do(
            self,
            actions.destroy_answers,
            pairs,
            record,
            then=self._destroyed,
            failed=self._broken,
        )

    def _destroyed(self, record: int) -> None:
        self._records[RAW] = record
        self._next()

    def _propose(self, people: Sequence[int]) -> None:
        desk = self._page.desk
        desk.do(
            self,
            actions.propose_erasure,
            people,
            then=self._proposed,
            failed=self._broken,
        )

    def _proposed(self, requests: list[int]) -> None:
        if self._alone:
            self._erase_in_parts(requests)
        self._next()

    def _erase(self, requests: Sequence[int]) -> None:
        desk = self._page.desk
        desk.do(
            self,
            actions.erase_due,
            requests,
            self.password.text(),
            self._records[IDENTITY],
            then=self._erased,
            failed=self._broken,
        )

    def _erased(self, record: int) -> None:
        self._records[IDENTITY] = record
        self._next()

    def reject(self) -> None:
        """While it is at work: stop after the part that is being done."""
        if not self._at_work:
            super().reject()
            return
        self._steps.clear()
        self.cancel.setEnabled(False)

    def _broken(self, problem: BaseException) -> None:
        """What was done stays done; the list behind has the rest."""
        self._at_work = False
        self._steps.clear()
        self._done = 0
        self.bar.hide()
        self.cancel.setText(_("Close"))
        self.failed(problem)
        if self._records[RAW] or self._records[IDENTITY]:
            self.main.setEnabled(False)


def _parts(items: Sequence[T]) -> list[list[T]]:
    found: list[list[T]] = []
    for start in range(0, len(items), _AT_ONCE):
        found.append(list(items[start : start + _AT_ONCE]))
    return found


def _told(
    pairs: Sequence[tuple[int, int]],
    people: Sequence[Due],
    preview: DestructionPreview,
    alone: bool,
    account: str,
) -> list[str]:
    told: list[str] = []
    if pairs:
        told += _told_of_answers(preview)
    if people:
        told += _told_of_people(people, alone, account)
    told.append(_("What is destroyed cannot be brought back; Undo does not reach it."))
    told.append(
        _(
            "Copies made before still hold it until they are removed (Office › Copies), and so do sticks and papers."
        )
    )
    return told


def _told_of_answers(preview: DestructionPreview) -> list[str]:
    n = preview.people
    people = many("{n} person", "{n} people", n)
    parts = [many("{n} questionnaire", "{n} questionnaires", preview.sheets)]
    if n := preview.second_entries:
        parts.append(many("{n} second entry", "{n} second entries", n))
    if n := preview.half_typed:
        parts.append(many("{n} half-typed sheet", "{n} half-typed sheets", n))
    words = _(
        "Answers of {people} go: {sheets}, with their safety follow-ups and the reasons of decisions."
    )
    goes = words.format(people=people, sheets=", ".join(parts))
    rounds = ", ".join(preview.rounds)
    report = _(
        "The report before and after of {rounds} can no longer show these people: print it first. Who was screened when, and "
        "which way they went, stays."
    )
    return [goes, report.format(rounds=rounds)]


def _told_of_people(people: Sequence[Due], alone: bool, account: str) -> list[str]:
    new = mine = ready = 0
    for one in people:
        if alone or (one.request and one.taken_by != account):
            ready += 1
        elif one.request:
            mine += 1
        else:
            new += 1
    told: list[str] = []
    if ready:
        words = many("{n} person is erased", "{n} people are erased", ready)
        told.append(
            _("{people}: number, sex, year of birth, sector and figures stay.").format(
                people=words
            )
        )
    if new:
        words = many("{n} person is proposed", "{n} people are proposed", new)
        told.append(
            _("{people}: another coordinator carries the erasure out.").format(
                people=words
            )
        )
    if mine:
        words = many("{n} person waits", "{n} people wait", mine)
        told.append(
            _("{people} for another coordinator: you proposed it yourself.").format(
                people=words
            )
        )
    return told
