"""Data protection: losses with their clocks, and the register of processing. A coordinator writes, an auditor reads."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QWidget

from cbs_desktop import words
from cbs_desktop.exports import queries as exports
from cbs_desktop.exports.rules import Outgoing, Recipient
from cbs_desktop.protection import actions, documents, processing, queries
from cbs_desktop.protection import law as laws
from cbs_desktop.protection.problems import KIND_WORDS, clock_line
from cbs_desktop.protection.processing import ProcessingRegister
from cbs_desktop.protection.processing_words import missing, parts
from cbs_desktop.protection.queries import Case
from cbs_desktop.text import write_moment
from cbs_desktop.words import _, many
from ui.desk import Desk
from ui.protection.breaches import CaseDialog, NewCase
from ui.protection.register_form import RegisterForm
from ui.screen import PageAction, Screen
from ui.vocabulary import full_day
from ui.widgets.outgoing import keep, save_as
from ui.widgets.parts import button, clear, label, line, rows, rule, scrolled, sheet
from ui.widgets.table import Column, Table

_EVERY = 30_000  # milliseconds between two looks at the clock


class ProtectionPage(Screen):
    """Losses and breaches, and the register of processing."""

    word = "protection"
    watches = frozenset({"*"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._law = laws.of_country(words.country())
        self._cases: list[Case] = []
        self._register: ProcessingRegister | None = None
        self.offer(
            PageAction(_("Save the register"), "", "save", self.save_register, None),
            PageAction(
                _("Something was lost or seen"),
                "Ctrl+N",
                "stop",
                self.new_case,
                actions.open_breach,
            ),
            PageAction(
                _("Change the register"),
                "",
                "edit",
                self.change_register,
                actions.describe_processing,
            ),
        )
        self.table = Table(
            _("Losses and breaches"),
            [
                Column(_("What happened"), _kind, strong=True, stretch=True, width=170),
                Column(_("Noticed"), _noticed, width=160),
                Column(_("Status"), chip=_state, width=140),
            ],
            key=lambda case: case.id,
        )
        self.table.opened.connect(self.open_case)
        self.clock = label("", "small", wrap=True)
        self.lacking = label("", "small", wrap=True)
        self._parts = rows(gap=10, margin=(16, 12, 16, 12))
        self._build()
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self.show_clock)
        self._timer.start()

    def _build(self) -> None:
        head = rows(
            label(_("Losses and breaches"), "head"),
            self.clock,
            gap=4,
            margin=(16, 14, 16, 12),
        )
        left = rows(head, rule(), self.table, gap=0)
        self.change = button(_("Change…"), self.change_register, "", "edit")
        self.change.setAccessibleName(_("Change the register of processing"))
        self.change.setVisible(self.may(actions.describe_processing))
        titles = rows(label(_("Register of processing"), "head"), self.lacking, gap=4)
        top = line(gap=8, margin=(16, 14, 16, 12))
        top.addLayout(titles, 1)
        top.addWidget(self.change)
        inside = QWidget()
        inside.setLayout(self._parts)
        right = rows(top, rule(), scrolled(inside), gap=0)
        box = line(gap=16, margin=(24, 16, 24, 16))
        box.addWidget(sheet(left), 5)
        box.addWidget(sheet(right), 6)
        self.setLayout(box)

    def refresh(self) -> None:
        """Ask for the losses, and for the register as it stands now."""
        self.ask(queries.cases, then=self._show_cases)
        now = self.desk.office.now()
        self.ask(processing.processing, now, then=self._show_register)

    def show_item(self, item: object) -> None:
        """What Home and the Office page ask for: a new loss, the losses, the form of the register."""
        if item == "new":
            self.new_case()
        elif item == "losses":
            self.table.setFocus()
        elif item == "register":
            self.change_register()

    # --- losses

    def _show_cases(self, found: list[Case]) -> None:
        self._cases = found
        self.table.show_rows(found, key=lambda case: case.id)
        self.show_clock()

    @Slot()
    def show_clock(self) -> None:
        """Both clocks of what is open, as of now."""
        open_ones = [case for case in self._cases if case.closed is None]
        if not open_ones:
            self.clock.setText(_("None is open."))
            return
        untold = [case.loss.noticed for case in open_ones if case.told is None]
        unreported = [case.loss.noticed for case in open_ones if case.reported is None]
        left = clock_line(
            min(untold, default=None),
            min(unreported, default=None),
            self._law.country,
            self.desk.office.now(),
        )
        count = many("{n} is open.", "{n} are open.", len(open_ones))
        self.clock.setText(f"{count} {left}")

    def open_case(self, case: Case | None) -> None:
        """One of them, in full."""
        if case is not None:
            CaseDialog(self, self._law, case).show()

    @Slot()
    def open_current(self) -> None:
        """The one on which the cursor stands."""
        self.open_case(self.table.current())

    @Slot()
    def new_case(self) -> None:
        """Note that something was lost or seen: asked with the sticks and papers that are known."""
        self.ask(exports.sticks, then=self._with_sticks)

    def _with_sticks(self, found: list[exports.Stick]) -> None:
        then = partial(self._ask_new, found)
        self.ask(exports.what_left, 60, then=then)

    def _ask_new(self, sticks: list[exports.Stick], left: list[exports.Left]) -> None:
        NewCase(self, sticks, left, self._noted).show()

    def _noted(self, breach_id: int) -> None:
        self.ask(queries.case, breach_id, then=self.open_case)

    # --- the register

    def _show_register(self, register: ProcessingRegister) -> None:
        self._register = register
        lacking = missing(register)
        self.lacking.setText(lacking)
        self.lacking.setVisible(bool(lacking))
        clear(self._parts)
        for part in parts(register, self.desk.office.title, self._law):
            box = rows(label(part.head, "strong", wrap=True), gap=2)
            for each in part.lines:
                box.addWidget(label(each, wrap=True))
            self._parts.addLayout(box)
        self._parts.addStretch(1)
        if number := register.entries.registration:
            self.tell(_("Registered under {number}").format(number=number))
        else:
            self.tell(_("Not registered with the authority yet"))

    @Slot()
    def change_register(self) -> None:
        """What the office adds."""
        self.ask(processing.entries, then=self._ask_entries)

    def _ask_entries(self, entries: processing.ControllerEntries) -> None:
        RegisterForm(self, entries).show()

    @Slot()
    def save_register(self) -> None:
        """The register as PDF."""
        title = _("Save the register")
        name = "processing-register.pdf"
        kind = "processing register"
        save_as(self, self.desk, kind, title, name, "*.pdf", self.write_register)

    def write_register(self, path: Path, *_to: Recipient) -> None:
        """Draw the register as it stands now, and write it."""
        office = self.desk.office
        now = office.now()

        def write(register: ProcessingRegister) -> None:
            content = documents.processing_register(office, register, self._law, now)
            said = _("Saved as {file}").format(file=path.name)
            keep(self, Outgoing("processing register"), {path: content}, said)

        self.ask(processing.processing, now, then=write, about="paper")


def _kind(case: Case) -> str:
    return _(KIND_WORDS[case.loss.kind])


def _noticed(case: Case) -> str:
    return write_moment(case.loss.noticed)


def _state(case: Case) -> tuple[str, str]:
    if case.closed is not None:
        return "quiet", _("Closed on {day}").format(day=full_day(case.closed))
    if case.reasons:
        return "stop", _("Open, high risk")
    return "warn", _("Open")
