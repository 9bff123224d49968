"""Certificates: who qualifies, nearly, or not this time and why; issue in one batch, look at the real pages, print."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
)

from cbs_desktop.certificates import actions, numbers, papers, queries
from cbs_desktop.certificates.mismatches import PaperMismatch, by_certificate
from cbs_desktop.certificates.numbers import Numbering
from cbs_desktop.certificates.queries import Candidate, Issued, Sent
from cbs_desktop.exports.rules import Outgoing, Recipient
from cbs_desktop.programmes import queries as programmes
from cbs_desktop.programmes.queries import RoundFacts
from cbs_desktop.text import fold
from cbs_desktop.words import _, many
from ui.certificates import exceptions
from ui.certificates.detail import CertificateDetail
from ui.certificates.differing import ask_decision, what_differs
from ui.certificates.offered import offered
from ui.certificates.printing import Printing
from ui.certificates.tables import kind_of, people_table, register_table, why
from ui.desk import Desk
from ui.screen import Screen
from ui.vocabulary import full_day
from ui.widgets.outgoing import keep, save_as
from ui.widgets.parts import button, label, line, rows, rule, sheet
from ui.widgets.table import Table

_SHOWN = ("ready", "issued", "nearly", "not", "differ")
_OF_PAPERS = ("issued", "differ")  # lists of certificates; the others are of people


class Certificates(Screen):
    """Issue, look, correct, print, print again, withdraw."""

    word = "certificates"
    watches = frozenset(
        {"certificates", "attendance", "groups", "participants", "settings"}
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.offer(*offered(self))
        self._people: list[Candidate] = []
        self._register: list[Issued] = []
        self._differing: Mapping[int, PaperMismatch] = {}
        self._round: RoundFacts | None = None
        self._began = False
        self.printing = Printing(self)
        self.people = people_table()
        self.register = register_table(lambda one: one.id in self._differing)
        for table in (self.people, self.register):
            table.chosen.connect(self._choose)
            table.model_rows.ticks_changed.connect(self._tell_ticks)
        self.people.opened.connect(self._look_at)
        self.looking = CertificateDetail(self)
        self._count = label("", "small")
        self._numbers = label("", "small", wrap=True)
        self._build()

    # --- parts

    def _build(self) -> None:
        self.filter = QComboBox()
        self.group = QComboBox()
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Name or number"))
        names = (_("Show"), _("Group"), _("Search the register"))
        for each, name in zip(
            (self.filter, self.group, self.search), names, strict=True
        ):
            each.setAccessibleName(name)
            each.setToolTip(name)
        said = (
            _("Qualify"),
            _("Issued"),
            _("Nearly there or in progress"),
            _("Not this round"),
            _("Differ from the records"),
        )
        for word, text in zip(_SHOWN, said, strict=True):
            self.filter.addItem(text, word)
        self.group.addItem(_("All groups"), "")
        self.filter.currentIndexChanged.connect(self._show_list)
        self.group.currentIndexChanged.connect(self._show_list)
        self.search.textChanged.connect(self._show_list)
        for each in (self.filter, self.group):
            each.setMinimumContentsLength(9)
            each.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
        self._lists = QStackedWidget()
        self._lists.addWidget(self.people)
        self._lists.addWidget(self.register)
        self._waiting = button("", self.answer, "plain", "print", "Ctrl+J")
        self._waiting.hide()
        self.setLayout(self._sheets())

    def _sheets(self) -> QHBoxLayout:
        choose = line(gap=8, margin=(16, 12, 16, 4))
        choose.addWidget(self.filter, 3)
        choose.addWidget(self.group, 2)
        choose.addWidget(self.search, 2)
        everybody = button(_("Select all shown"), self.tick_all, "plain", tip="Ctrl+A")
        left = rows(
            choose,
            line(everybody, None, self._count, gap=8, margin=(16, 0, 16, 8)),
            rule(),
            gap=0,
        )
        left.addWidget(self._lists, 1)
        left.addWidget(rule())
        keys = label(
            _(
                "Space selects   Ctrl+A selects all   Ctrl+Enter issues   "
                "Ctrl+P prints   F2 corrects"
            ),
            "small",
            wrap=True,
        )
        left.addLayout(
            rows(self._waiting, self._numbers, keys, gap=4, margin=(16, 8, 16, 8))
        )
        right = rows(self.looking, margin=(16, 14, 16, 12))
        box = line(gap=16, margin=(24, 16, 24, 16))
        box.addWidget(sheet(left), 6)
        box.addWidget(sheet(right), 5)
        return box

    @property
    def table(self) -> Table:
        """The list that is shown."""
        if self.filter.currentData() in _OF_PAPERS:
            return self.register
        return self.people

    # --- showing

    def refresh(self) -> None:
        """Ask who qualifies, what was issued, and what papers wait for an answer."""
        self.ask(programmes.rounds, then=self._keep_round)
        self.ask(queries.mismatches, then=self._keep_differing)
        self.ask(queries.register, then=self._keep_register)
        self.ask(queries.candidates, then=self._show)
        if self.may(queries.unconfirmed):
            self.ask(queries.unconfirmed, then=self._show_waiting)
        if self.may(numbers.numbering):
            self.ask(numbers.numbering, then=self._show_numbers)

    def _keep_round(self, found: list[RoundFacts]) -> None:
        self._round = found[0] if found else None
        self.looking.programme = self._round.rules.title if self._round else ""

    def _keep_register(self, found: list[Issued]) -> None:
        self._register = found

    def _keep_differing(self, found: list[PaperMismatch]) -> None:
        self._differing = by_certificate(found)

    def _show_waiting(self, found: list[Sent]) -> None:
        count = len(found)
        self._waiting.setText(
            many(
                "{n} certificate: did it print correctly?",
                "{n} certificates: which printed correctly?",
                count,
            )
        )
        self._waiting.setAccessibleName(self._waiting.text())
        self._waiting.setVisible(bool(found))

    def _show_numbers(self, found: Numbering) -> None:
        said = _("The next number is {number}.").format(number=found.number())
        if found.behind:
            warning = _(
                "This laptop’s clock is earlier than the last issue on "
                "{day}. Correct it, because the date is printed. Numbers "
                "continue in that year’s series."
            )
            said = f"{warning.format(day=full_day(found.behind))} {said}"
        self._numbers.setProperty("role", "fault" if found.behind else "small")
        self._numbers.style().unpolish(self._numbers)
        self._numbers.style().polish(self._numbers)
        self._numbers.setText(said)

    def _show(self, people: list[Candidate]) -> None:
        self._people = people
        counts = {word: sum(kind_of(one) == word for one in people) for word in _SHOWN}
        unprinted = sum(one.state == "to be printed" for one in self._register)
        self.tell(
            _(
                "{ready} qualify · {issued} issued, {unprinted} to print · "
                "{nearly} nearly there · {no} not this round"
            ).format(
                ready=counts["ready"],
                issued=counts["issued"],
                unprinted=unprinted,
                nearly=counts["nearly"],
                no=counts["not"],
            )
        )
        self._keep_groups(sorted({one.group for one in people}))
        if not self._began and people:
            self._began = True
            self.filter.setCurrentIndex(
                0 if counts["ready"] or not counts["issued"] else 1
            )
        self._show_list()

    def _keep_groups(self, names: list[str]) -> None:
        if [self.group.itemData(i) for i in range(1, self.group.count())] == names:
            return
        chosen = self.group.currentData()
        self.group.blockSignals(True)
        while self.group.count() > 1:
            self.group.removeItem(1)
        for name in names:
            self.group.addItem(name, name)
        self.group.setCurrentIndex(max(0, self.group.findData(chosen)))
        self.group.blockSignals(False)

    @Slot()
    def _show_list(self, *_index: object) -> None:
        kind = self.filter.currentData()
        group = self.group.currentData()
        self.search.setVisible(kind in _OF_PAPERS)
        self._lists.setCurrentWidget(self.table)
        if kind in _OF_PAPERS:
            words = fold(self.search.text()).split()
            found = [
                one
                for one in self._register
                if all(word in fold(f"{one.name} {one.number}") for word in words)
            ]
            if kind == "differ":
                found = [one for one in found if one.id in self._differing]
            certificates = [one for one in found if group in ("", one.group)]
            ticked = [one for one in certificates if one.state == "to be printed"]
            shown = len(certificates)
            self.register.show_rows(certificates)
        else:
            people = [
                one
                for one in self._people
                if kind_of(one) == kind and group in ("", one.group)
            ]
            ticked = people if kind == "ready" else []
            shown = len(people)
            self.people.show_rows(people, key=lambda one: one.person_id)
        self.table.model_rows.tick(ticked)
        if not shown:
            self.looking.show_nobody()

    def _tell_ticks(self) -> None:
        count = len(self.table.ticked())
        self._count.setText(
            _("{n} of {m} selected").format(n=count, m=len(self.table.rows))
        )

    @Slot()
    def tick_all(self) -> None:
        """Tick all who are shown, or none when all are."""
        rows_ = self.table.rows
        self.table.model_rows.tick(
            [] if len(self.table.ticked()) == len(rows_) else rows_
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+A ticks all."""
        if (
            event.key() == Qt.Key.Key_A
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.table.model_rows.tick(self.table.rows)
        else:
            super().keyPressEvent(event)

    def _choose(self, one: Candidate | Issued | None) -> None:
        if one is not None and one in self.table.rows:
            self.looking.show_one(one)
            if isinstance(one, Issued) and one.id in self._differing:
                self.looking.warn(what_differs(self._differing[one.id]))

    # --- issuing, deciding, printing

    @Slot()
    def issue(self) -> None:
        """Issue to all who are ticked among those who qualify."""
        chosen = [one.person_id for one in self.people.ticked() if one.ready]
        if self.filter.currentData() != "ready" or not chosen or self._round is None:
            self.filter.setCurrentIndex(0)
            self.said.emit(_("Select the people who qualify, then issue."))
            return
        self.do(actions.issue, self._round.id, chosen, then=self._issued)

    def _issued(self, _numbers: list[str]) -> None:
        self.filter.setCurrentIndex(1)

    def _chosen_certificates(self) -> list[Issued]:
        """The ticked ones that stand, else the one the cursor is on."""
        if self.filter.currentData() not in _OF_PAPERS:
            return []
        current = self.register.current()
        chosen = self.register.ticked() or ([current] if current else [])
        return [one for one in chosen if not one.withdrawn_on]

    @Slot()
    def print_shown(self) -> None:
        """Print those who are ticked, or the one that is shown; a reason is asked for what was printed before."""
        self.printing.ask_printer(
            self._chosen_certificates(), self.looking.order.currentData()
        )

    @Slot()
    def save_shown(self) -> None:
        """The same as one PDF, to print from elsewhere."""
        self.printing.ask_file(
            self._chosen_certificates(), self.looking.order.currentData()
        )

    @Slot()
    def turn(self) -> None:
        """The pages of those who are ticked, one after the other."""
        self.looking.show_many(self._chosen_certificates())

    @Slot()
    def answer(self) -> None:
        """Say which papers came out of the printer well."""
        self.printing.answer()

    def save_to(self, chosen: list[Issued], path: Path, reason: str = "") -> None:
        """Write these as one PDF and note the print."""
        self.printing.save_to(chosen, path, reason)

    @Slot()
    def decide(self) -> None:
        """A certificate though the rule was not met."""
        one = self.people.current() if self.table is self.people else None
        if one is None or not one.open_to_override or self._round is None:
            self.said.emit(
                _(
                    "Choose somebody under “Nearly there” or “Not this "
                    "round” whose group has finished and who did not leave."
                )
            )
            return
        exceptions.decide(self, self._round.id, one, why(one))

    @Slot()
    def correct(self) -> None:
        """The name as it will be printed; where the certificate is out, a new one replaces it."""
        one = self.table.current()
        if isinstance(one, Candidate):
            exceptions.correct(self, one.person_id, one.printed_name, None)
        elif one is not None and not one.withdrawn_on:
            exceptions.correct(self, one.person_id, one.name, one)
        else:
            self.said.emit(_("Choose a person or a valid certificate first."))

    @Slot()
    def settle_difference(self) -> None:
        """Keep, replace or withdraw a certificate that differs from the records."""
        one = self.register.current() if self.table is self.register else None
        if one is None or one.id not in self._differing:
            self.said.emit(
                _("Choose a certificate under “Differ from the records” first.")
            )
            return
        ask_decision(self, self._differing[one.id])

    @Slot()
    def withdraw(self) -> None:
        """Withdraw the certificate that is shown."""
        one = self.register.current() if self.table is self.register else None
        if one is None or one.withdrawn_on:
            self.said.emit(_("Choose an issued certificate first."))
            return
        exceptions.withdraw(self, one)

    # --- looking elsewhere, papers around it

    @Slot()
    def look(self) -> None:
        """The attendance of the group of the person who is shown."""
        if self.table is self.people:
            self._look_at(self.people.current())

    def _look_at(self, one: Candidate | None) -> None:
        if one is not None:
            self.opens.emit("attendance", one.group_id)

    @Slot()
    def check(self) -> None:
        """The place where a paper is checked."""
        self.opens.emit("checking", None)

    @Slot()
    def save_proof(self) -> None:
        """The names as they will be printed, for the facilitators to read."""
        self._save("proof list", _("Save the proof list"), "proof-list.pdf", "*.pdf")

    @Slot()
    def save_register(self) -> None:
        """The register of the round, to sign on or to count in."""
        title = _("Save the register")
        self._save("certificate register", title, "register.pdf", "*.pdf *.xlsx")

    def _save(self, kind: str, title: str, name: str, pattern: str) -> None:
        if self._round:
            write = partial(self._write, kind, self._round.id)
            save_as(self, self.desk, kind, title, name, pattern, write)

    def _write(self, kind: str, round_id: int, path: Path, to: Recipient) -> None:
        said = _("Saved as {file}").format(file=path.name)

        def made(paper: papers.Counted) -> None:
            content, people = paper
            keep(self, Outgoing(kind, people, to), {path: content}, said)

        make = papers.around(kind, path)
        self.work(
            _("Saving"),
            make,
            self.desk.office,
            round_id,
            then=made,
            takes_progress=False,
        )

    def show_item(self, item: object) -> None:
        """The list of what is to be printed, or of what differs from the records."""
        wanted = {"print": "issued", "differ": "differ"}.get(str(item))
        if wanted:
            self._began = True
            self.filter.setCurrentIndex(_SHOWN.index(wanted))

    def find_in_list(self) -> None:
        """Ctrl+F searches the register, and chooses a list elsewhere."""
        (self.search if self.search.isVisible() else self.filter).setFocus()
