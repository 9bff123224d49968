"""Certificates: who qualifies, nearly, or not this time and why; issue in one batch, look at the real pages, print."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QComboBox, QFileDialog

from cbs_desktop import papers
from cbs_desktop.certificates import actions, documents, queries, rules
from cbs_desktop.certificates.queries import Candidate, Issued
from cbs_desktop.certificates.rules import Printable
from cbs_desktop.programmes import queries as programmes
from cbs_desktop.words import _, many
from ui.desk import Desk
from ui.messages import confirm
from ui.screen import Screen
from ui.vocabulary import COMPLETION, chip, full_day
from ui.widgets.dialog import Dialog
from ui.widgets.form import Field, Form
from ui.widgets.parts import button, label, line, rows, rule, sheet
from ui.widgets.preview import Preview, printer_for, send
from ui.widgets.table import Column, Table
from ui.work import Work

_SHOWN = ("ready", "issued", "nearly", "not")


def _why(one: Candidate) -> str:
    stands = one.completion
    if one.gone:
        return _("left")
    if stands.state == "complete":
        return _("{n} of {held}").format(n=stands.attended, held=stands.held)
    missing = max(0, stands.needed - stands.attended)
    return _("{n} of {held}, {missing} short").format(n=stands.attended, held=stands.held, missing=missing)


def kind_of(one: Candidate) -> str:
    """Under which filter somebody is found."""
    if one.certificate:
        return "issued"
    if one.ready:
        return "ready"
    return (
        "nearly"
        if one.completion.state in ("nearly", "must not miss", "on the way", "complete") and not one.gone
        else "not"
    )


class Certificates(Screen):
    """Issue, look, print, print again, withdraw."""

    word = "certificates"
    watches = frozenset({"certificates", "attendance", "groups", "participants", "settings"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.page_actions = (
            (_("Issue certificates"), "Ctrl+Return", "certificates", "issue"),
            (_("Print"), "Ctrl+P", "print", "print_shown"),
            (_("Save as PDF"), "Ctrl+S", "save", "save_shown"),
            (_("Withdraw this certificate"), "", "withdraw", "withdraw"),
        )
        self._people: list[Candidate] = []
        self._register: dict[str, Issued] = {}
        self._sheet: documents.Sheet | None = None
        self._drawing = 0
        self.filter = QComboBox()
        self.filter.setAccessibleName(_("Who is shown"))
        self.filter.currentIndexChanged.connect(self._show_list)
        self._count = label("", "small")
        self.table = Table(
            _("People of the groups"),
            [
                Column(_("Name"), lambda one: one.name, strong=True, stretch=True, width=170),
                Column(_("Group"), lambda one: one.group, width=104),
                Column(_("Came"), _why, width=118, sort=lambda one: one.completion.attended),
                Column(_("State"), chip=self._chip, width=132),
            ],
            tickable=True,
        )
        self.table.chosen.connect(self._choose)
        self.table.model_rows.ticks_changed.connect(self._tell_ticks)
        self.preview = Preview(_("The certificate as it will be printed"))
        self._facts = label("", "small", wrap=True)
        self._build()

    def _build(self) -> None:
        everybody = button(_("Tick all shown"), self.tick_all, "plain", tip="Ctrl+A")
        left = rows(line(self.filter, everybody, None, self._count, gap=8, margin=(16, 12, 16, 12)), rule(), gap=0)
        left.addWidget(self.table, 1)
        left.addWidget(rule())
        left.addLayout(
            line(
                label(_("Space ticks   Ctrl+A ticks all   Ctrl+Enter issues   Ctrl+P prints"), "small"),
                margin=(16, 8, 16, 8),
            )
        )
        right = rows(gap=8, margin=(16, 14, 16, 12))
        right.addWidget(self.preview, 1)
        right.addWidget(self._facts)
        box = line(gap=16, margin=(24, 16, 24, 16))
        box.addWidget(sheet(left), 6)
        box.addWidget(sheet(right), 5)
        self.setLayout(box)
        for word, text in zip(
            _SHOWN, (_("Qualify"), _("Issued"), _("Nearly, or still on the way"), _("Not this time")), strict=True
        ):
            self.filter.addItem(text, word)

    def _chip(self, one: Candidate) -> tuple[str, str]:
        if one.certificate:
            printed = self._register.get(one.certificate)
            if printed and printed.prints > 1:
                return "warn", many("Printed {n} time", "Printed {n} times", printed.prints)
            return ("ok", _("Printed")) if printed and printed.prints else ("info", _("To be printed"))
        return ("quiet", _("Left")) if one.gone else chip(COMPLETION, one.completion.state)

    def refresh(self) -> None:
        """Ask who qualifies and what was issued."""
        self.ask(queries.register, then=self._keep_register)
        self.ask(queries.candidates, then=self._show)

    def _keep_register(self, found: list[Issued]) -> None:
        self._register = {one.number: one for one in found}

    def _show(self, people: list[Candidate]) -> None:
        first = not self._people
        self._people = people
        counts = {word: sum(kind_of(one) == word for one in people) for word in _SHOWN}
        unprinted = sum(not one.prints and not one.withdrawn_on for one in self._register.values())
        self.tell(
            _(
                "{ready} qualify · {issued} issued, {unprinted} to be printed · {nearly} nearly · {no} not this time"
            ).format(
                ready=counts["ready"],
                issued=counts["issued"],
                unprinted=unprinted,
                nearly=counts["nearly"],
                no=counts["not"],
            )
        )
        if first:
            self.filter.setCurrentIndex(0 if counts["ready"] or not counts["issued"] else 1)
        self._show_list()

    @Slot()
    def _show_list(self, *_index: Any) -> None:
        wanted = self.filter.currentData()
        shown = [one for one in self._people if kind_of(one) == wanted]
        self.table.show_rows(shown, key=lambda one: one.person_id)
        ticked = [one for one in shown if wanted == "ready" or (wanted == "issued" and not self._is_printed(one))]
        self.table.model_rows.tick(ticked)
        if not shown:
            self.preview.show_pdf(b"")
            self._facts.setText(_("Nobody here. Choose another list above."))

    def _is_printed(self, one: Candidate) -> bool:
        found = self._register.get(one.certificate)
        return bool(found and found.prints)

    def _tell_ticks(self) -> None:
        count = len(self.table.ticked())
        self._count.setText(_("{n} of {m} ticked").format(n=count, m=len(self.table.rows)))

    @Slot()
    def tick_all(self) -> None:
        """Tick all who are shown, or none when all are."""
        rows_ = self.table.rows
        self.table.model_rows.tick([] if len(self.table.ticked()) == len(rows_) else rows_)

    def keyPressEvent(self, event: Any) -> None:
        """Ctrl+A ticks all."""
        if event.key() == Qt.Key.Key_A and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.tick_all()
        else:
            super().keyPressEvent(event)

    # --- looking

    def _choose(self, one: Candidate | None) -> None:
        if one is None:
            return
        self._facts.setText(f"{one.number} · {one.group}, {one.place} · {_why(one)}")
        found = self._register.get(one.certificate)
        if found is None:
            self._draft(one)
        elif self.may(queries.printable):
            self._facts.setText(
                _("{number}, issued {day}").format(number=found.number, day=full_day(found.issued_on))
                + " · "
                + many("printed {n} time", "printed {n} times", found.prints)
            )
            self.ask(queries.printable, [found.id], then=self._draw)

    def _draft(self, one: Candidate) -> None:
        """Before it is issued a certificate is shown without number and code, marked as a draft."""
        stands = one.completion
        printable = Printable(
            number="–", name=one.name, programme="", attended=stands.attended, held=stands.held, began_on=one.began_on,
            completed_on=one.ended_on, issued_on=one.ended_on, place=one.place.split(" › ")[0], code="",
        )  # fmt: skip
        self._draw([(0, printable)], draft=True)

    def _draw(self, found: list[tuple[int, Printable]], draft: bool = False) -> None:
        if not found:
            self.preview.show_pdf(b"")
            return

        def render() -> bytes:
            sheet_ = replace(papers.sheet(self.desk.office), draft=draft)
            return documents.render([printable for _i, printable in found], sheet_, with_code=not draft)

        self._drawing = number = self._drawing + 1

        def show(content: bytes) -> None:
            if number == self._drawing:  # somebody else may have been chosen in between
                self.preview.show_pdf(content)

        Work(self, render, then=show, failed=self.problem.emit, takes_progress=False).start()

    # --- issuing and printing

    @Slot()
    def issue(self) -> None:
        """Issue to all who are ticked among those who qualify."""
        chosen = [one.person_id for one in self.table.ticked() if one.ready]
        if self.filter.currentData() != "ready" or not chosen:
            self.filter.setCurrentIndex(0)
            self.said.emit(_("Tick the people who qualify, then issue."))
            return
        self.ask(programmes.rounds, then=lambda found: self.do(actions.issue, found[0].id, chosen, then=self._issued))

    def _issued(self, numbers: list[str]) -> None:
        self.filter.setCurrentIndex(1)
        self._people = []

    def _chosen_certificates(self) -> list[Issued]:
        ticked = [self._register[one.certificate] for one in self.table.ticked() if one.certificate in self._register]
        if ticked:
            return ticked
        current = self.table.current()
        found = self._register.get(current.certificate) if current else None
        return [found] if found else []

    @Slot()
    def print_shown(self) -> None:
        """Print those who are ticked, or the one that is shown; a reason is asked for what was printed before."""
        self._with_reason(self._print)

    @Slot()
    def save_shown(self) -> None:
        """The same as one PDF, to print from elsewhere."""
        self._with_reason(self._save)

    def _with_reason(self, then: Any) -> None:
        chosen = self._chosen_certificates()
        if not chosen:
            self.said.emit(_("Nothing to print: tick issued certificates first."))
        elif any(one.prints for one in chosen):
            reasons = [(code, _(code)) for code in rules.REPRINT_REASONS]
            form = Form(
                [Field("reason", _("Some were printed before. Why again?"), "choice", choices=reasons)], columns=1
            )
            dialog = Dialog(self, _("Print again"), form, _("Print as duplicates"), 460)

            def go(values: dict[str, Any]) -> None:
                dialog.well()
                then(chosen, values["reason"])

            dialog.accepted_with.connect(go)
            dialog.show()
        else:
            then(chosen, "")

    def _save(self, chosen: list[Issued], reason: str) -> None:
        name = "certificates.pdf" if len(chosen) > 1 else f"{chosen[0].number}.pdf"
        path, _kind = QFileDialog.getSaveFileName(self, _("Save certificates"), name, "*.pdf")
        if path:
            self.save_to(chosen, Path(path), reason)

    def save_to(self, chosen: list[Issued], path: Path, reason: str = "") -> None:
        """Render beside the window, write the file, note the print."""
        then = partial(self._keep, chosen, path, reason)
        self._render(chosen, then)

    def _render(self, chosen: list[Issued], then: Any) -> None:
        office = self.desk.office
        ids = [one.id for one in chosen]

        def render(progress: Any) -> bytes:
            pages = [printable for _i, printable in office.ask(queries.printable, ids)]
            return documents.render(pages, papers.sheet(office), progress)

        self.work(many("Rendering {n} certificate", "Rendering {n} certificates", len(chosen)), render, then=then)

    def _keep(self, chosen: list[Issued], path: Path, reason: str, content: bytes) -> None:
        papers.save(path, content)
        self.do(actions.printed, [one.id for one in chosen], reason)
        self.said.emit(_("Saved as {file}").format(file=path.name))

    def _print(self, chosen: list[Issued], reason: str) -> None:
        self._render(chosen, partial(self._send, chosen, reason))

    def _send(self, chosen: list[Issued], reason: str, content: bytes) -> None:
        printer = printer_for(content)
        if not QPrintDialog(printer, self).exec():
            self.said.emit(_("Not printed. The certificates stay issued."))
            return
        self.work(
            _("Printing"), send, content, printer, None,
            then=lambda _count: self.do(actions.printed, [one.id for one in chosen], reason),
        )  # fmt: skip

    @Slot()
    def withdraw(self) -> None:
        """Withdraw the certificate that is shown; asked once, for it cannot be printed any more."""
        one = self.table.current()
        found = self._register.get(one.certificate) if one else None
        if found is None:
            self.said.emit(_("Choose an issued certificate first."))
            return
        question = _("Withdraw certificate {number}? It will show as withdrawn when it is checked.").format(
            number=found.number
        )
        if confirm(self, question, _("Withdraw"), _("Keep")):
            self.do(actions.withdraw, found.id, _("withdrawn by the office"))

    def show_item(self, item: Any) -> None:
        """The list of what is to be printed."""
        if item == "print":
            self.filter.setCurrentIndex(1)

    def find_in_list(self) -> None:
        """Ctrl+F chooses a list."""
        self.filter.setFocus()
