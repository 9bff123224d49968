"""Keeping two people apart: chosen by name, the reason as a code; the list for those who may read it."""

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from cbs_desktop.groups import actions, queries, rules
from cbs_desktop.reports.queries import find_people
from cbs_desktop.words import _
from ui.widgets.dialog import Dialog
from ui.widgets.form import Field, Form
from ui.widgets.parts import button, label, line, rows
from ui.widgets.table import Column, Table

if TYPE_CHECKING:
    from ui.groups.board import Groups


class Apart(Dialog):
    """Two people and a reason, and who is kept apart already."""

    def __init__(self, screen: "Groups") -> None:
        self._screen = screen
        search = self._find
        self.form = Form(
            [
                Field("one", _("This person"), "place", search=search, needed=True),
                Field("other", _("and this person"), "place", search=search, needed=True),
                Field("reason", _("Reason"), "choice", choices=[(code, _(code)) for code in rules.KEEP_APART_REASONS]),
            ]
        )
        self.table = Table(
            _("Kept apart"),
            [
                Column(_("This person"), lambda pair: pair.one, strong=True, stretch=True, width=180),
                Column(_("and this person"), lambda pair: pair.other, strong=True, width=210),
                Column(_("Reason"), lambda pair: _(pair.reason), width=140),
            ],
        )
        self.table.setMinimumHeight(180)
        inside = QWidget()
        release = button(_("Release the chosen pair"), self._release, "plain")
        inside.setLayout(rows(self.form, label(_("Kept apart now"), "head"), self.table, line(release, None), gap=10))
        super().__init__(screen, _("Keep two people apart"), inside, _("Keep apart"), 720, tall=True)
        self.accepted_with.connect(self._save)
        self._again()

    def _find(self, text: str, then: Any) -> None:
        self._screen.desk.ask(
            self, find_people, text, then=lambda found: then([(one.id, f"{one.name} · {one.number}") for one in found])
        )

    def _again(self, *_value: Any) -> None:
        self.main.setEnabled(True)
        self._screen.desk.ask(self, queries.keep_aparts, then=self.table.show_rows)

    def _save(self, _values: dict[str, Any]) -> None:
        values = self.form.values()
        if not isinstance(values["one"], int) or not isinstance(values["other"], int):
            self._screen.said.emit(_("Choose both people from the list that opens while you type."))
            self.main.setEnabled(True)
            return
        self._screen.desk.do(
            self,
            actions.keep_apart,
            values["one"],
            values["other"],
            values["reason"],
            then=self._again,
            failed=self.failed,
        )

    def _release(self) -> None:
        pair = self.table.current()
        if pair is not None:
            self._screen.desk.do(self, actions.release_keep_apart, pair.id, then=self._again, failed=self.failed)
