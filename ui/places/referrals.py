"""The referral directory: who helps with what, and how to reach them; offered while a safety card is typed."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from cbs_desktop.screening import safety
from cbs_desktop.screening.rules import Service
from cbs_desktop.screening.safety import Listed
from cbs_desktop.words import _
from ui.screen import Screen
from ui.widgets.dialog import Dialog
from ui.widgets.form import Field, Form
from ui.widgets.parts import Empty, button, line, rows
from ui.widgets.table import Column, Table


class Referrals(Dialog):
    """The list, and adding, changing, taking out."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self.table = Table(
            _("Referral directory"),
            [
                Column(_("Name"), lambda one: one.service.name, strong=True, width=220),
                Column(_("Helps with"), lambda one: one.service.helps_with, stretch=True, width=230),
                Column(_("Phone"), lambda one: one.service.phone, width=130),
                Column(_("Place"), lambda one: one.service.place, width=130),
            ],
        )
        self.table.opened.connect(self._change)
        self._empty = Empty(_("No list is known for this country: enter the services that you know."))
        self._edit = button(_("Change…"), self._change, "", "edit")
        self._drop = button(_("Take out"), self._take_out, "", "withdraw")
        new = button(_("New entry…"), self._new, "", "add")
        take = button(_("Take over the country’s list"), self._take_list, "plain")
        inside = QWidget()
        box = rows(gap=10)
        box.addWidget(self.table, 1)
        box.addWidget(self._empty, 1)
        box.addLayout(line(new, self._edit, self._drop, None, take, gap=8))
        inside.setLayout(box)
        super().__init__(screen, _("Referral directory"), inside, _("Done"), 860)
        self.resize(860, 520)
        self.accepted_with.connect(self.well)
        self._ask()

    def _ask(self, *_value: Any) -> None:
        self._screen.desk.ask(self, safety.services, then=self._show)

    def _show(self, found: list[Listed]) -> None:
        self.table.setVisible(bool(found))
        self._empty.setVisible(not found)
        self._edit.setEnabled(bool(found))
        self._drop.setEnabled(bool(found))
        self.table.show_rows(found)
        self.table.setFocus()

    def _new(self) -> None:
        self._form(_("New entry"), None)

    def _change(self, *_row: Any) -> None:
        if (one := self.table.current()) is not None:
            self._form(one.service.name, one)

    def _form(self, title: str, one: Listed | None) -> None:
        form = Form(
            [
                Field("name", _("Name"), needed=True),
                Field("helps_with", _("Helps with"), needed=True),
                Field("phone", _("Phone"), help=_("A phone or a place is needed")),
                Field("place", _("Place")),
            ]
        )
        if one is not None:
            form.show_values({key: getattr(one.service, key) for key in Service.__slots__})
        dialog = Dialog(self, title, form, _("Save"), 560)
        dialog.accepted_with.connect(partial(self._save, dialog, one))
        dialog.show()

    def _save(self, dialog: Dialog, one: Listed | None, values: dict[str, Any]) -> None:
        def done(_value: object) -> None:
            dialog.well()
            self._ask()

        act = (safety.put_service, Service(**values), one.id if one else None)
        self._screen.desk.do(dialog, *act, then=done, failed=dialog.failed)

    def _take_out(self) -> None:
        if (one := self.table.current()) is not None:
            self._screen.desk.do(self, safety.drop_service, one.id, then=self._ask, failed=self.failed)

    def _take_list(self) -> None:
        self._screen.desk.do(self, safety.take_country_list, then=self._ask, failed=self.failed)
