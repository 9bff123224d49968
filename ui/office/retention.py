"""What is kept for too long: the list with its ticks, the periods, and the records of what was destroyed."""

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from cbs_desktop.exports.rules import Outgoing
from cbs_desktop.rights import actions, documents, retention
from cbs_desktop.rights.problems import DESTROYED
from cbs_desktop.rights.retention import (
    DestructionPreview,
    DestructionRecord,
    Due,
    Retention,
)
from cbs_desktop.rights.rules import BOUNDS, IDENTITY, RAW, Periods
from cbs_desktop.words import _, many
from ui.office.destroying import DestroyDialog
from ui.screen import Screen
from ui.vocabulary import full_day
from ui.widgets.dialog import Dialog
from ui.widgets.form import Field, Form, FormValues
from ui.widgets.outgoing import keep, where_to
from ui.widgets.parts import button, label, line, rows
from ui.widgets.table import Column, Table

_WIDTH = 860  # pixels
_TABLE = 240


class RetentionDialog(Dialog):
    """What is due, with ticks."""

    def __init__(self, page: Screen) -> None:
        self._page = page
        self._known: Retention | None = None
        self.state = label("", "second", wrap=True)
        self.table = Table(
            _("Due to be destroyed"), _columns(), tickable=True, key=_key
        )
        self.table.setMinimumHeight(_TABLE)
        self.table.model_rows.ticks_changed.connect(self._tell)
        self.every = button(_("Tick all"), self.tick_all)
        self.periods = button(_("Periods…"), self.change_periods)
        self.records = button(_("Records…"), self.show_records)
        inside = QWidget()
        buttons = line(self.every, self.periods, self.records, None, gap=8)
        inside.setLayout(rows(self.state, self.table, buttons, gap=10))
        title = _("Kept for their whole time")
        super().__init__(page, title, inside, _("Destroy…"), _WIDTH)
        self.cancel.setText(_("Close"))
        self.accepted_with.connect(self._preview)
        page.desk.changed.connect(self.look)
        self.look()

    @Slot()
    def look(self, *_change: object) -> None:
        """Read it anew."""
        self._page.desk.ask(self, retention.retention, then=self._show)

    def _show(self, known: Retention) -> None:
        self._known = known
        self.table.show_rows(known.due, key=_key)
        there = {_key(one) for one in known.due}
        self.table.model_rows.tick_keys(self.table.model_rows.ticked & there)
        self.state.setText(_state(known))
        self.every.setEnabled(bool(known.due))
        self._tell()

    def _tell(self) -> None:
        count = len(self.table.model_rows.ticked)
        self.main.setEnabled(bool(count))
        words = _("Destroy {n}…").format(n=count) if count else _("Destroy…")
        self.main.setText(words)

    def ticked(self) -> list[Due]:
        """What is ticked."""
        keys = self.table.model_rows.ticked
        return [one for one in self.table.rows if _key(one) in keys]

    @Slot()
    def tick_all(self) -> None:
        """Tick everything that is due."""
        self.table.model_rows.tick(self.table.rows)
        self.table.setFocus()

    def _preview(self, _values: FormValues) -> None:
        self.main.setEnabled(True)
        pairs = frozenset(
            (one.person_id, one.round_id) for one in self.ticked() if one.kind == RAW
        )
        ask = retention.destruction_preview
        self._page.desk.ask(self, ask, pairs, then=self._confirm)

    def _confirm(self, preview: DestructionPreview) -> None:
        if self._known is not None:
            DestroyDialog(self._page, self._known, self.ticked(), preview).show()

    @Slot()
    def change_periods(self) -> None:
        """For how long data are kept."""
        if self._known is not None:
            PeriodsDialog(self._page, self._known).show()

    @Slot()
    def show_records(self) -> None:
        """What was destroyed before."""
        RecordsDialog(self._page).show()


def _key(one: Due) -> tuple[str, int, int]:
    return one.kind, one.person_id, one.round_id


def _columns() -> list[Column]:
    return [
        Column(_("Number"), lambda one: one.number, strong=True, width=150),
        Column(_("What"), _what, width=260, stretch=True),
        Column(_("Last used"), lambda one: full_day(one.last), width=120),
        Column(_("Kept until"), lambda one: full_day(one.until), width=120),
        Column(_("Proposed by"), lambda one: one.taken_by, width=130),
    ]


def _what(one: Due) -> str:
    if one.kind == RAW:
        return _("Answers, round {name}").format(name=one.round)
    return _("Who the person is")


def _state(known: Retention) -> str:
    words = _(
        "Answers are kept for {answers} months after their round, and who a person is for {identity} months after they were "
        "last seen. Counts stay for ever."
    )
    said = [
        words.format(answers=known.periods.answers, identity=known.periods.identity)
    ]
    if not known.due:
        said.append(_("Nothing is due."))
    if known.held:
        said.append(
            many(
                "{n} entry is held back: restricted, asked about, or still to be followed up.",
                "{n} entries are held back: restricted, asked about, or still to be followed up.",
                known.held,
            )
        )
    return " ".join(said)


class PeriodsDialog(Dialog):
    """For how long data are kept."""

    def __init__(self, page: Screen, known: Retention) -> None:
        self._page = page
        form = Form([_period(RAW, known), _period(IDENTITY, known)], columns=1)
        super().__init__(
            page,
            _("For how long data are kept"),
            form,
            _("Save"),
            520,
            ends_in=actions.set_periods,
        )
        form.show_values(
            {
                "keep answers": known.periods.answers,
                "keep identity": known.periods.identity,
            }
        )
        self.accepted_with.connect(self._save)

    @Slot(dict)
    def _save(self, values: FormValues) -> None:
        periods = Periods(values["keep answers"] or 0, values["keep identity"] or 0)
        self.send(self._page.desk, actions.set_periods, periods)


def _period(name: str, known: Retention) -> Field:
    least, most = BOUNDS[name]
    words = {
        RAW: _("Answers of questionnaires, months after the round"),
        IDENTITY: _("Who a person is, months after they were last seen"),
    }
    help_ = _("From {least} to {most}. The rules of the country: {source}.")
    source = known.sources[name]
    said = help_.format(least=least, most=most, source=source)
    return Field(f"keep {name}", words[name], "number", help=said, needed=True)


class RecordsDialog(Dialog):
    """What was destroyed; each record can be saved for printing."""

    def __init__(self, page: Screen) -> None:
        self._page = page
        self.table = Table(
            _("Records of destruction"),
            [
                Column(_("Destroyed on"), lambda one: full_day(one.done_on), width=130),
                Column(_("By"), lambda one: one.done_by, width=130),
                Column(_("What"), _record, width=300, stretch=True),
            ],
            key=lambda record: record.id,
        )
        self.table.setMinimumHeight(_TABLE)
        self.table.opened.connect(self.save)
        self._none = label(_("Nothing was destroyed."), "second")
        inside = QWidget()
        inside.setLayout(rows(self._none, self.table, gap=8))
        title = _("Records of destruction")
        super().__init__(page, title, inside, _("Save as PDF…"), 720)
        self.cancel.setText(_("Close"))
        self.accepted_with.connect(self._save_current)
        page.desk.ask(self, retention.destructions, then=self._show)

    def _show(self, found: list[DestructionRecord]) -> None:
        self.table.show_rows(found)
        self._none.setVisible(not found)
        self.main.setEnabled(bool(found))
        self.table.setFocus()

    def _save_current(self, _values: FormValues) -> None:
        self.main.setEnabled(True)
        self.save(self.table.current())

    def save(self, record: DestructionRecord | None) -> None:
        """Ask where, and save it."""
        if record is None:
            return
        name = f"{_('destruction')}-{record.done_on.isoformat()}.pdf"
        path = where_to(self, _("Save the record"), name, "PDF (*.pdf)")
        if path is not None:
            self.save_to(record, path)

    def save_to(self, record: DestructionRecord, path: Path) -> None:
        """Save it, and say so."""
        content = documents.destruction_record(self._page.desk.office, record)
        said = _("Saved as {file}").format(file=path.name)
        keep(self._page, Outgoing("destruction record"), {path: content}, said)
        self.tell(said)


def _record(record: DestructionRecord) -> str:
    return _(DESTROYED[record.kind])
