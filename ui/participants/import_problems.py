"""The problems of an import, row by row; people who only look like others are told apart there."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from cbs_desktop.errors import Fault
from cbs_desktop.problems import say_fault
from cbs_desktop.words import _
from ui.widgets.parts import button, rows

_APART = ("twice", "alike")  # faults of rows that may be people of their own
ASKED = ("new sectors", "near places")  # faults of a whole file that a person may allow
_SHOWN_MOST = 500
_FAULT = Qt.ItemDataRole.UserRole


class ProblemList(QWidget):
    """Sentences that wrap, and a button for rows that somebody else seems to be."""

    two_people = Signal(list)  # numbers of rows

    def __init__(self) -> None:
        super().__init__()
        self.list = QListWidget()
        self.list.setAccessibleName(_("Problems by row"))
        self.list.setMinimumHeight(90)
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.itemSelectionChanged.connect(self._offer)
        self.apart = button(_("These are two people"), self._tell_apart)
        self.apart.setToolTip(
            _(
                "Choose rows whose person is listed already, but is somebody else, or is to be compared later."
            )
        )
        self.setLayout(rows(self.list, self.apart, gap=6))

    def show_faults(self, faults: Sequence[Fault]) -> None:
        """Show these; nothing is shown where there are none."""
        self.list.clear()
        for fault in faults[:_SHOWN_MOST]:
            item = QListWidgetItem(say_fault(fault, named=True), self.list)
            item.setData(_FAULT, fault)
        self.setVisible(bool(faults))
        self.apart.setVisible(any(fault.kind in _APART for fault in faults))
        self._offer()

    def _rows_chosen(self) -> list[int]:
        chosen = [item.data(_FAULT) for item in self.list.selectedItems()]
        return [fault.row for fault in chosen if fault.kind in _APART]

    @Slot()
    def _offer(self) -> None:
        self.apart.setEnabled(bool(self._rows_chosen()))

    @Slot()
    def _tell_apart(self) -> None:
        self.two_people.emit(self._rows_chosen())
