"""What is decided about a whole file before its people are imported; each choice is offered only where it matters."""

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QWidget

from cbs_desktop.participants.columns import ImportChoices, Remark
from cbs_desktop.sheets.read import Sheet
from cbs_desktop.words import _
from ui.widgets.inputs import ChoiceInput, DayInput
from ui.widgets.parts import label, line, rows

_HEADING_ROWS = range(1, 61)
_CONSENT = ("consent without day", "consent on")


class ImportOptions(QWidget):
    """Sheet and heading row, then the order of names, the day of consent, hidden rows, merged cells, new places."""

    other_table = Signal(str, int)  # another sheet, or heading row (0: to be found)
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.sheet = ChoiceInput(())
        self.sheet.setAccessibleName(_("Sheet of the workbook"))
        self.heading = ChoiceInput([(row, str(row)) for row in _HEADING_ROWS])
        self.heading.setAccessibleName(_("Row of the headings"))
        order = [(False, _("own name first")), (True, _("given name first"))]
        self.order = ChoiceInput(order)
        self.order.setAccessibleName(_("Name is written"))
        self.consent = DayInput()
        self.consent.setAccessibleName(_("Day of consent"))
        self.without_hidden = QCheckBox(_("Leave hidden rows out"))
        self.carry_down = QCheckBox(_("Carry down the values of merged cells"))
        self.new_places = QCheckBox(_("Add these places"))
        self._order_chosen = False
        self._sheet_box = _named(_("Sheet"), self.sheet)
        self._heading_box = _named(_("Heading row"), self.heading)
        self._order_box = _named(_("Name is written"), self.order)
        self._consent_box = _named(_("Day of consent"), self.consent)
        named = line(
            self._sheet_box,
            self._heading_box,
            self._order_box,
            self._consent_box,
            None,
            gap=12,
        )
        boxes = line(self.without_hidden, self.carry_down, self.new_places, None)
        self.setLayout(rows(named, boxes, gap=6))
        self._connect()
        self.forget()

    def _connect(self) -> None:
        self.sheet.currentIndexChanged.connect(self._other_sheet)
        self.heading.currentIndexChanged.connect(self._other_heading)
        self.order.activated.connect(self._choose_order)
        self.consent.editingFinished.connect(self.changed)
        for box in (self.without_hidden, self.carry_down, self.new_places):
            box.toggled.connect(self.changed)

    def forget(self) -> None:
        """Another file: nothing is decided about it."""
        self.new_table()
        with QSignalBlocker(self.sheet):
            self.sheet.clear()
        self._sheet_box.hide()
        self._heading_box.hide()

    def new_table(self) -> None:
        """Another table of the file: what was decided about people and places is open again."""
        self._order_chosen = False
        for box in (self.without_hidden, self.carry_down, self.new_places):
            with QSignalBlocker(box):
                box.setChecked(False)
            box.hide()
        self.consent.clear()
        self._order_box.hide()
        self._consent_box.hide()

    def show_sheet(self, sheet: Sheet) -> None:
        """Offer what this table of a file leaves open."""
        with QSignalBlocker(self.sheet), QSignalBlocker(self.heading):
            self.sheet.clear()
            for name in sheet.names:
                self.sheet.addItem(name, name)
            self.sheet.show_value(sheet.name)
            self.heading.show_value(sheet.heading_row)
        self._sheet_box.setVisible(len(sheet.names) > 1)
        self._heading_box.show()
        self.without_hidden.setVisible(bool(sheet.hidden))
        self.carry_down.setVisible(bool(sheet.merged))

    def show_remarks(self, remarks: Iterable[Remark], whole_names: bool) -> None:
        """Offer what the columns leave open."""
        kinds = {remark.kind for remark in remarks}
        self._order_box.setVisible(whole_names)
        if not self._order_chosen:
            self.order.show_value("given first" in kinds)
        self._consent_box.setVisible(not kinds.isdisjoint(_CONSENT))

    def ask_places(self, asked: bool) -> None:
        """Offer to add new places, or no longer, unless that was said already."""
        self.new_places.setVisible(asked or self.new_places.isChecked())

    def prepared(self, sheet: Sheet) -> Sheet:
        """The table as it was decided."""
        return sheet.prepared(
            self.without_hidden.isChecked(), self.carry_down.isChecked()
        )

    def choices(self, two_people: Iterable[int]) -> ImportChoices:
        """What was decided about the columns, and about rows of people who look like others."""
        day = self.consent.value()
        return ImportChoices(
            bool(self.order.value()) if self._order_chosen else None,
            day if isinstance(day, date) else None,
            frozenset(two_people),
        )

    @Slot()
    def _other_sheet(self) -> None:
        self.other_table.emit(str(self.sheet.value() or ""), 0)

    @Slot()
    def _other_heading(self) -> None:
        self.other_table.emit(str(self.sheet.value() or ""), self.heading.value())

    @Slot()
    def _choose_order(self) -> None:
        self._order_chosen = True
        self.changed.emit()


def _named(name: str, inside: QWidget) -> QWidget:
    """A choice under its name."""
    box = QWidget()
    box.setLayout(rows(label(name, "small"), inside, gap=1))
    return box
