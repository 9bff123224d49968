"""Keeping two people apart, or together: chosen by name, the reason as a code; and the list of those who are."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from cbs_desktop.groups import actions, queries, rules
from cbs_desktop.overview.queries import find_people
from cbs_desktop.words import _
from ui.widgets.dialog import Dialog
from ui.widgets.form import Field, Form, FormValues
from ui.widgets.parts import button, label, line, rows
from ui.widgets.table import Column, Table

if TYPE_CHECKING:
    from cbs_desktop.action import Reading, Transaction
    from ui.groups.board import Groups


@dataclass(frozen=True, slots=True)
class _Kind:
    """The words and the doors of one kind of pair."""

    title: str
    do_it: str
    now: str
    reasons: tuple[str, ...]
    add: "Callable[[Transaction, int, int, str], int]"
    release: "Callable[[Transaction, int], None]"
    listed: "Callable[[Reading], list[queries.KeptPair]]"


def apart(screen: "Groups") -> "Pairs":
    """Two people never in one group."""
    kind = _Kind(
        _("Keep two people apart"),
        _("Keep apart"),
        _("Currently kept apart"),
        rules.KEEP_APART_REASONS,
        actions.keep_apart,
        actions.release_keep_apart,
        queries.keep_aparts,
    )
    return Pairs(screen, kind)


def together(screen: "Groups") -> "Pairs":
    """Two people always in one group."""
    kind = _Kind(
        _("Keep two people together"),
        _("Keep together"),
        _("Currently kept together"),
        rules.KEEP_TOGETHER_REASONS,
        actions.keep_together,
        actions.release_keep_together,
        queries.keep_togethers,
    )
    return Pairs(screen, kind)


class Pairs(Dialog):
    """Two people and a reason, and who is paired already."""

    def __init__(self, screen: "Groups", kind: _Kind) -> None:
        self._screen = screen
        self._kind = kind
        self.form = Form(
            [
                Field(
                    "one", _("First person"), "place", search=self._find, needed=True
                ),
                Field(
                    "other",
                    _("Second person"),
                    "place",
                    search=self._find,
                    needed=True,
                ),
                Field(
                    "reason",
                    _("Reason"),
                    "choice",
                    choices=[(code, _(code)) for code in kind.reasons],
                ),
            ]
        )
        self.table = Table(
            kind.now,
            [
                Column(
                    _("First person"),
                    lambda pair: pair.one,
                    strong=True,
                    stretch=True,
                    width=180,
                ),
                Column(
                    _("Second person"),
                    lambda pair: pair.other,
                    strong=True,
                    width=210,
                ),
                Column(_("Reason"), lambda pair: _(pair.reason), width=140),
            ],
        )
        self.table.setMinimumHeight(180)
        inside = QWidget()
        release = button(_("Remove the selected pair"), self._release, "plain")
        inside.setLayout(
            rows(
                self.form,
                label(kind.now, "head"),
                self.table,
                line(release, None),
                gap=10,
            )
        )
        super().__init__(
            screen, kind.title, inside, kind.do_it, 720, tall=True, ends_in=kind.add
        )
        self.accepted_with.connect(self._save)
        self._again()

    def _find(
        self, text: str, then: Callable[[list[tuple[object, str]]], None]
    ) -> None:
        self._screen.desk.ask(
            self,
            find_people,
            text,
            then=lambda found: then(
                [(one.id, f"{one.name} · {one.number}") for one in found]
            ),
        )

    def _again(self, *_value: object) -> None:
        self.main.setEnabled(True)
        self._screen.desk.ask(self, self._kind.listed, then=self.table.show_rows)

    def _save(self, _values: FormValues) -> None:
        values = self.form.values()
        if not isinstance(values["one"], int) or not isinstance(values["other"], int):
            self._screen.said.emit(
                _("Start typing, then choose each person from the list.")
            )
            self.main.setEnabled(True)
            return
        desk = self._screen.desk
        desk.do(
            self,
            self._kind.add,
            values["one"],
            values["other"],
            values["reason"],
            then=self._added,
            failed=self.failed,
        )

    def _added(self, _id: object) -> None:
        self.keeper.throw_away()
        self._again()

    def _release(self) -> None:
        if (pair := self.table.current()) is not None:
            self._screen.desk.do(
                self, self._kind.release, pair.id, then=self._again, failed=self.failed
            )
