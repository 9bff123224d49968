"""Erasing a person: what goes and what stays, told first; then the copies that still hold them."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from cbs_desktop.keeping import holding
from cbs_desktop.keeping.holding import HoldingCopy
from cbs_desktop.rights import actions
from cbs_desktop.rights.queries import ErasurePreview, Request
from cbs_desktop.words import _, many
from ui.vocabulary import full_day
from ui.widgets.dialog import Dialog
from ui.widgets.form import FormValues
from ui.widgets.parts import label, rows
from ui.widgets.table import Column, Table
from ui.work import Work

if TYPE_CHECKING:
    from ui.participants.people import Participants

_N = str  # marks a word for the catalogues; it is translated when it is shown
_AGAINST = {
    "ask a screener": _N(
        "Ask a screener first whether anything is still to be followed up."
    ),
    "open safety card": _N("A safety follow-up is open: tell the screener first."),
    "active member": _N("The person is in a group: their place ends today."),
    "certificate withdrawn": _N("A certificate was withdrawn: is it in dispute?"),
}
_COUNTED = {
    "consents": (_N("{n} consent"), _N("{n} consents")),
    "questionnaires": (_N("{n} questionnaire"), _N("{n} questionnaires")),
    "safety cards": (_N("{n} safety follow-up"), _N("{n} safety follow-ups")),
    "memberships": (_N("{n} place in a group"), _N("{n} places in groups")),
    "marks": (_N("{n} attendance mark"), _N("{n} attendance marks")),
    "decisions": (_N("{n} decision"), _N("{n} decisions")),
    "certificates": (
        _N("{n} certificate, without the name"),
        _N("{n} certificates, without the name"),
    ),
}
_WIDE = 760  # pixels
_TABLE = 300


def _counts(counts: dict[str, int]) -> str:
    """What there is of each, in words; empty for nothing."""
    there: list[str] = []
    for what, n in counts.items():
        if n:
            there.append(many(*_COUNTED[what], n))
    return ", ".join(there)


def _goes_and_stays(preview: ErasurePreview) -> list[str]:
    told = [
        _(
            "Names, birth date, phone, ID, place below the sector, links and half-typed forms go."
        ),
        _("Number, sex, year of birth and sector stay."),
    ]
    if goes := _counts(preview.goes):
        told[0] = f"{told[0]} " + _("So do: {what}.").format(what=goes)
    if stays := _counts(preview.stays):
        told[1] = f"{told[1]} " + _("So do: {what}.").format(what=stays)
    return told


class EraseDialog(Dialog):
    """What goes, what stays, what stands against it; then it is done."""

    def __init__(
        self,
        above: QWidget,
        screen: "Participants",
        request: Request,
        preview: ErasurePreview,
    ) -> None:
        self._screen = screen
        self._request = request
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setAccessibleName(_("Your password"))
        told = _goes_and_stays(preview)
        told += [_(_AGAINST[code]) for code in preview.against]
        if preview.merged:
            merged = ", ".join(preview.merged)
            told.append(_("Merged records go too: {numbers}.").format(numbers=merged))
        told.append(_("It cannot be undone."))
        box = rows(*(label(one, wrap=True) for one in told), gap=8)
        if preview.alone:
            alone = _("You are the only coordinator: confirm with your password.")
            box.addWidget(label(alone, "strong", wrap=True))
            box.addWidget(self.password)
        inside = QWidget()
        inside.setLayout(box)
        title = _("Erase {number}").format(number=preview.number)
        super().__init__(above, title, inside, _("Erase for good"), 620, tall=True)
        self.lead_to_cancel()
        if preview.alone:
            self.password.setFocus()
        self.accepted_with.connect(self._erase)

    @Slot(dict)
    def _erase(self, _values: FormValues) -> None:
        password = self.password.text()
        self.send(self._screen.desk, actions.erase, self._request.id, password)


class HoldingDialog(Dialog):
    """The copies that still hold who was erased; they can be destroyed."""

    def __init__(
        self, above: QWidget, screen: "Participants", found: list[HoldingCopy]
    ) -> None:
        self._office = screen.desk.office
        self._found = found
        self.table = Table(_("Copies"), _copy_columns())
        self.table.setFixedHeight(_TABLE)
        self.table.show_rows(found)
        words = _(
            "These copies were made before the erasure and still hold the person. An older copy that is restored here "
            "erases the person again. A copy that is destroyed is gone for good."
        )
        inside = QWidget()
        inside.setLayout(rows(label(words, wrap=True), self.table, gap=10))
        super().__init__(
            above, _("Copies"), inside, _("Destroy these copies"), _WIDE, tall=True
        )
        self.cancel.setText(_("Keep them"))
        self.lead_to_cancel()
        self.accepted_with.connect(self._destroy)

    @Slot(dict)
    def _destroy(self, _values: FormValues) -> None:
        office, found = self._office, self._found
        Work(
            self,
            lambda: holding.destroy(office, found),
            then=self._told,
            failed=self.failed,
            takes_progress=False,
        ).start()

    def _told(self, left: list[HoldingCopy]) -> None:
        self._found = left
        self.table.show_rows(left)
        if left:
            words = _(
                "These could not be destroyed: the disk or stick is out, or takes nothing."
            )
            self.tell(words)
        else:
            self.well()


def _copy_columns() -> list[Column]:
    return [
        Column(_("Made"), lambda one: full_day(one.made), width=120),
        Column(_("Copy"), lambda one: one.name, width=320),
        Column(_("Removed by itself by"), _until, width=200),
    ]


def _until(copy: HoldingCopy) -> str:
    return full_day(copy.until) if copy.until else _("never: destroy it")
