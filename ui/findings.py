"""What the check found: what is wrong, where, what to do, and for a coordinator the way out of it."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVarTuple

from PySide6.QtWidgets import QHBoxLayout, QWidget

from cbs_desktop.action import Transaction
from cbs_desktop.findings import Finding
from cbs_desktop.keeping import accounts, actions, problems
from cbs_desktop.words import _, many
from ui.desk import Desk
from ui.widgets.dialog import Dialog
from ui.widgets.parts import Chip, button, label, line, rows, rule

_OF_ROWS = frozenset({"row changed", "row missing", "row beside"})
_OF_KEYS = frozenset({"key file torn", "accounts changed"})
_OF_ENDS = frozenset({"older", "another past", "end unknown"})
_SHOWN_MOST = 50
Given = TypeVarTuple("Given")
_NextStep = tuple[str, Callable[..., object]]  # a button gives nothing


class Findings(Dialog):
    """A paragraph for each finding; each can be dealt with where somebody at the desk can."""

    def __init__(self, parent: QWidget, desk: Desk, found: Sequence[Finding]) -> None:
        self._desk = desk
        inside = QWidget()
        box = rows(label(_count(found), "second", wrap=True), gap=10)
        for finding in found[:_SHOWN_MOST]:
            box.addWidget(rule())
            box.addWidget(self._paragraph(finding))
        if len(found) > _SHOWN_MOST:
            words = _("The first {n} are shown.").format(n=_SHOWN_MOST)
            box.addWidget(label(words, "small"))
        box.addStretch(1)
        inside.setLayout(box)
        super().__init__(
            parent, _("What the check found"), inside, _("Close"), 760, tall=True
        )
        self.cancel.hide()
        self.accepted_with.connect(self.well)

    def _paragraph(self, finding: Finding) -> QWidget:
        whose = self._desk.office.may(actions.accept_row)
        said = problems.say_finding(finding, whose)
        made = QWidget()
        box = rows(label(said.what, "strong", wrap=True), gap=4)
        box.addWidget(label(said.todo, "small", wrap=True))
        box.addLayout(self._steps(finding, made))
        made.setLayout(box)
        return made

    def _steps(self, finding: Finding, paragraph: QWidget) -> QHBoxLayout:
        """A button for each way out; none for whom it is not."""
        steps: list[_NextStep] = []
        if self._desk.office.may(actions.accept_row):
            steps = self._ways(finding, paragraph)
        return line(*(button(text, step) for text, step in steps), None, gap=8)

    def _ways(self, finding: Finding, paragraph: QWidget) -> list[_NextStep]:
        facts = finding.facts
        done = partial(self._settled, paragraph)
        if finding.kind in _OF_ROWS:
            row = (str(facts["table"]), str(facts["key"]))
            back = partial(self._do, actions.put_row_back, done, *row)
            as_it_is = partial(self._do, actions.accept_row, done, *row)
            return [
                (_("Put it back as the journal has it"), back),
                (_("Accept it as it is"), as_it_is),
            ]
        if finding.kind in _OF_ENDS:
            return [(_("Accept the office as it is"), partial(self._accept_end, done))]
        if finding.kind in _OF_KEYS:
            anew = partial(self._do, accounts.put_list_back, done)
            return [(_("Write it anew"), anew)]
        if finding.kind == "old passwords":
            accept = partial(self._do, accounts.accept_passwords, done)
            return [(_("Accept these passwords"), accept)]
        if finding.kind == "search index":
            name = str(facts["name"])
            again = partial(self._do, actions.rebuild_index, done, name)
            return [(_("Rebuild the index"), again)]
        return []

    def _do(
        self,
        action: Callable[[Transaction, *Given], None],
        done: Callable[[object], None],
        *values: *Given,
    ) -> None:
        self._desk.do(self, action, *values, then=done, failed=self.failed)

    def _accept_end(self, done: Callable[[object], None]) -> None:
        decided = partial(actions.go_on_from_here, self._desk.office)
        self._desk.call(self, decided, then=done, failed=self.failed)

    def _settled(self, paragraph: QWidget, _value: object) -> None:
        """Dealt with: its buttons go, and the words say so."""
        for each in paragraph.findChildren(QWidget):
            each.setEnabled(False)
        box = paragraph.layout()
        assert box is not None
        chip = Chip()
        box.addWidget(chip)
        chip.tell("ok", _("Dealt with"))


def _count(found: Sequence[Finding]) -> str:
    return many(
        "{n} finding. The records themselves were not changed by the check.",
        "{n} findings. The records themselves were not changed by the check.",
        len(found),
    )
