"""Participants › Duplicates: pairs of records that may be one person, side by side; merges, and parting them again."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from cbs_desktop.duplicates import actions, queries
from cbs_desktop.duplicates.queries import (
    AlikePair,
    AlikePairs,
    Merged,
    SideBySide,
)
from cbs_desktop.duplicates.rules import DIFFERENT, LATER
from cbs_desktop.words import _, many
from ui.messages import confirm
from ui.participants.met import agreement, likelihood
from ui.participants.side_by_side import SideBySideView
from ui.vocabulary import full_day
from ui.widgets.dialog import Dialog
from ui.widgets.parts import button, label, line, rows, scrolled
from ui.widgets.table import Column, Table

if TYPE_CHECKING:
    from ui.participants.people import Participants


def _pair_columns() -> list[Column]:
    return [
        Column(_("Record"), lambda pair: _told(pair.one), strong=True, width=250),
        Column(_("Like"), lambda pair: _told(pair.other), strong=True, width=250),
        Column(_("What agrees"), lambda pair: agreement(pair.one), stretch=True),
        Column(_("How likely"), chip=_likely, width=150),
    ]


def _told(one: queries.Alike) -> str:
    return f"{one.name}, {one.number}"


def _likely(pair: AlikePair) -> tuple[str, str]:
    if pair.later:
        return "info", _("ask later")
    return likelihood(pair.one.probability)


class Duplicates(Dialog):
    """The pairs above, the chosen one beneath; every answer takes it from the list and can be undone."""

    def __init__(self, screen: "Participants", found: AlikePairs) -> None:
        self._screen = screen
        self._found = list(found.pairs)
        self._count = label("", "second", wrap=True)
        self.pairs = Table(_("Records that may be one person"), _pair_columns())
        self.pairs.chosen.connect(self._choose)
        self._agreement = label("", "small", wrap=True)
        self.view = SideBySideView()
        self.merge = button(_("Merge"), self._merge, "main")
        self.different = button(_("Two people"), partial(self._judge, DIFFERENT))
        self.later = button(_("Ask later"), partial(self._judge, LATER))
        inside = QWidget()
        box = rows(self._count, gap=8)
        box.addWidget(self.pairs, 2)
        box.addWidget(self._agreement)
        box.addWidget(scrolled(self.view), 3)
        box.addLayout(line(self.merge, self.different, self.later, None, gap=8))
        inside.setLayout(box)
        super().__init__(screen, _("Duplicates"), inside, _("Close"), 1000)
        self.main.setProperty("look", "")
        self.main.style().polish(self.main)
        self.cancel.hide()
        self.accepted_with.connect(self.well)
        self.merge.setVisible(screen.may(actions.merge))
        self.resize(1000, 570)
        self._total = found.count
        self._show_pairs()

    def _show_pairs(self) -> None:
        self.pairs.model_rows.show_rows(self._found)
        self.pairs.choose(0)
        words = many(
            "{n} pair of records may be one person.",
            "{n} pairs of records may be one person.",
            self._total,
        )
        if self._total > len(self._found):
            more = _("The {n} most likely are shown.").format(n=len(self._found))
            words = f"{words} {more}"
        self._count.setText(words)
        if not self._found:
            self._count.setText(_("No two records look like one person."))
        for each in (self.view, self.merge, self.different, self.later):
            each.setEnabled(bool(self._found))
        self.view.setVisible(bool(self._found))

    def _choose(self, pair: AlikePair | None) -> None:
        self.merge.setEnabled(False)
        if pair is not None:
            self._agreement.setText(agreement(pair.one))
            self._screen.desk.ask(
                self,
                queries.compare,
                pair.one.id,
                pair.other.id,
                then=self._show_pair,
                failed=self.failed,
            )

    def _show_pair(self, pair: SideBySide) -> None:
        chosen = self.pairs.current()
        if chosen is not None and chosen.one.id == pair.one.person.id:
            self.view.show_pair(pair)
            self.merge.setEnabled(True)

    @Slot()
    def _merge(self) -> None:
        pair = self.pairs.current()
        if pair is None:
            return
        kept, gone = pair.one, pair.other
        if self.view.kept():
            kept, gone = gone, kept
        question = _(
            "Merge {gone} into {kept}? Everything recorded for {gone} becomes part of {kept}; the old number still "
            "finds the person. The records can be parted again at any time."
        ).format(gone=gone.number, kept=kept.number)
        if confirm(self, question, _("Merge"), _("Not yet")):
            self._screen.desk.do(
                self,
                actions.merge,
                kept.id,
                gone.id,
                self.view.details(),
                then=lambda _id: self._merged(gone.id),
                failed=self.failed,
            )

    def _merged(self, gone_id: int) -> None:
        """Other pairs of the record that is gone have nothing to compare any more."""
        self._drop(lambda pair: gone_id in (pair.one.id, pair.other.id))

    def _judge(self, verdict: str) -> None:
        pair = self.pairs.current()
        if pair is not None:
            self._screen.desk.do(
                self,
                actions.judge,
                pair.one.id,
                pair.other.id,
                verdict,
                then=lambda _none: self._drop(lambda other: other is pair),
                failed=self.failed,
            )

    def _drop(self, answered: Callable[[AlikePair], bool]) -> None:
        before = len(self._found)
        self._found = [pair for pair in self._found if not answered(pair)]
        self._total -= before - len(self._found)
        self._show_pairs()
        self.pairs.setFocus()


class Merges(Dialog):
    """The merges that stand; one that was a mistake is taken back, at any time."""

    def __init__(self, screen: "Participants") -> None:
        self._screen = screen
        self.merges = Table(_("Merged records"), _merge_columns())
        inside = QWidget()
        why = _(
            "Parting two records gives each back what it brought. What was changed since the merge stays as it is."
        )
        box = rows(label(why, "second", wrap=True), gap=8)
        box.addWidget(self.merges, 1)
        inside.setLayout(box)
        super().__init__(screen, _("Merged records"), inside, _("Part again"), 860)
        self.cancel.setText(_("Close"))
        self.accepted_with.connect(self._part)
        self.resize(860, 440)
        self._ask()

    def _ask(self) -> None:
        self._screen.desk.ask(self, queries.merges, then=self._show)

    def _show(self, found: list[Merged]) -> None:
        self.merges.model_rows.show_rows(found)
        self.merges.choose(0)
        self.main.setEnabled(bool(found) and self._screen.may(actions.part))

    def _part(self) -> None:
        merged = self.merges.current()
        if merged is not None:
            self._screen.desk.do(
                self,
                actions.part,
                merged.id,
                then=lambda _id: self._ask(),
                failed=self.failed,
            )


def _merge_columns() -> list[Column]:
    return [
        Column(
            _("Record"),
            lambda one: f"{one.gone_name}, {one.gone_number}",
            strong=True,
            width=240,
        ),
        Column(
            _("Merged into"),
            lambda one: f"{one.kept_name}, {one.kept_number}",
            stretch=True,
        ),
        Column(_("By"), lambda one: one.merged_by, width=120),
        Column(_("On"), lambda one: full_day(one.merged_on), width=120),
    ]
