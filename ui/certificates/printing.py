"""Printing certificates, or saving them as PDF: the order of the pages, why again, and which papers came out well."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo

from cbs_desktop.action import Progress
from cbs_desktop.certificates import actions, batch, papers, queries, rules
from cbs_desktop.certificates.batch import Batch
from cbs_desktop.certificates.queries import Issued, Sent
from cbs_desktop.errors import Fault, Invalid, Unreadable
from cbs_desktop.exports.rules import OWN, Outgoing, Recipient
from cbs_desktop.words import _, many
from ui.screen import Screen
from ui.widgets.dialog import Dialog
from ui.widgets.form import Field, Form, FormValues
from ui.widgets.outgoing import keep, print_out, save_as
from ui.widgets.preview import printer_for

_N = str  # marks a word for the catalogues; it is translated when it is shown
REASONS = {
    "lost": _N("Lost"),
    "damaged": _N("Damaged"),
    "printer fault": _N("Printed badly"),
}


class Printing:
    """What a screen with certificates can do with paper. What went to the printer is noted before it goes, so that a power
    cut or a jam is asked about afterwards, and no paper is called a duplicate that never existed."""

    def __init__(self, page: Screen) -> None:
        self.page = page

    def ask_printer(self, chosen: Sequence[Issued], order: str) -> None:
        """Print these in an order, on a printer and in a range of pages that the person chooses."""
        if not QPrinterInfo.availablePrinterNames():
            self.page.problem.emit(Unreadable(file="", kind="no printer here"))
            return
        self._with_reason(
            chosen,
            lambda reason: self._render(
                chosen, order, partial(self._to_printer, reason)
            ),
        )

    def ask_file(self, chosen: Sequence[Issued], order: str) -> None:
        """Save these as one PDF, to print from elsewhere."""
        self._with_reason(
            chosen, lambda reason: self._choose_file(chosen, order, reason)
        )

    def _with_reason(
        self, chosen: Sequence[Issued], then: Callable[[str], None]
    ) -> None:
        if not chosen:
            self.page.said.emit(
                _("Nothing to print: select issued certificates first.")
            )
            return
        if any(one.waiting for one in chosen):
            self.answer()
            return
        if not any(one.prints for one in chosen):
            then("")
            return
        choices = [(code, _(word)) for code, word in REASONS.items()]
        said = _("They will be marked as duplicates, with the date.")
        field = Field(
            "reason",
            _("Some were printed before. Why print again?"),
            "choice",
            said,
            choices=choices,
        )
        form = Form([field], columns=1)
        dialog = Dialog(
            self.page, _("Print again"), form, _("Print as duplicates"), 460
        )

        def go(values: FormValues) -> None:
            dialog.well()
            then(values["reason"])

        dialog.accepted_with.connect(go)
        dialog.show()

    def _choose_file(self, chosen: Sequence[Issued], order: str, reason: str) -> None:
        name = "certificates.pdf" if len(chosen) > 1 else f"{chosen[0].number}.pdf"

        def go(path: Path, to: Recipient) -> None:
            self.save_to(chosen, path, reason, order, to)

        title = _("Save certificates")
        save_as(self.page, self.page.desk, "certificates", title, name, "*.pdf", go)

    def save_to(
        self,
        chosen: Sequence[Issued],
        path: Path,
        reason: str = "",
        order: str = "number",
        to: Recipient = OWN,
    ) -> None:
        """Render beside the window, write the file, note the print."""
        self._render(chosen, order, partial(self._write, path, reason, to))

    def _render(
        self,
        chosen: Sequence[Issued],
        order: str,
        then: Callable[[Batch], None],
    ) -> None:
        office = self.page.desk.office
        wanted = [one.id for one in chosen]

        def render(progress: Progress) -> Batch:
            pages = office.ask(queries.printable, wanted, order)
            sheet_ = papers.sheet(office, pages[0][1].programme if pages else "")
            return batch.render(pages, sheet_, progress)

        what = many(
            "Rendering {n} certificate", "Rendering {n} certificates", len(chosen)
        )
        self.page.work(what, render, then=then)

    def _write(self, path: Path, reason: str, to: Recipient, made: Batch) -> None:
        what = Outgoing("certificates", len(made.ids), to)
        said = _("Saved as {file}").format(file=path.name)
        then = partial(self._note, made, reason)
        keep(self.page, what, {path: made.content}, said, then)

    def _note(self, made: Batch, reason: str) -> None:
        told = partial(self._tell_left_out, made)
        self.page.do(actions.printed, made.ids, reason, then=told)

    def _tell_left_out(self, made: Batch, *_noted: object) -> None:
        """Name those whose page could not be drawn: after the line of the print, which would take its place."""
        if problem := made.problem():
            self.page.problem.emit(problem)

    def _to_printer(self, reason: str, made: Batch) -> None:
        content, ids = made.content, made.ids
        self._tell_left_out(made)
        printer = printer_for(content)
        dialog = QPrintDialog(printer, self.page)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.setMinMax(1, len(ids))
        dialog.setFromTo(1, len(ids))
        if not dialog.exec():
            self.page.said.emit(_("Not printed. The certificates stay issued."))
            return
        wanted = _range(printer, len(ids))
        go = partial(self._print, content, printer, wanted)
        self.page.do(actions.sent, [ids[number] for number in wanted], reason, then=go)

    def _print(
        self, content: bytes, printer: QPrinter, wanted: Sequence[int], _ids: list[int]
    ) -> None:
        what = Outgoing("certificates", len(wanted))
        print_out(self.page, what, content, printer, wanted, self._printed)

    def _printed(self, _count: int) -> None:
        self.answer()

    def answer(self) -> None:
        """Ask about every paper that went to the printer and was not answered for."""
        about = "which"  # the page asks the same for its own line, and the newer question would take the place of this one
        self.page.ask(queries.unconfirmed, then=self._which, about=about)

    def _which(self, found: list[Sent]) -> None:
        if not found:
            self.page.said.emit(_("All printed certificates are accounted for."))
            return
        count = len(found)
        says = _(
            "Sheet 1 is {first}, sheet {n} is {last}. Leave empty if none "
            "printed correctly. The others are printed again, not as "
            "duplicates."
        )
        text = says.format(n=count, first=_named(found[0]), last=_named(found[-1]))
        form = Form(
            [Field("pages", _("Certificates that printed correctly"), help=text)],
            columns=1,
        )
        form.show_values({"pages": rules.pages_as_text(range(count))})
        dialog = Dialog(
            self.page,
            _("Which certificates printed correctly?"),
            form,
            _("These printed correctly"),
            520,
        )

        def go(values: FormValues) -> None:
            try:
                pages = rules.pages(values["pages"], count)
            except ValueError:
                dialog.failed(
                    Invalid([Fault("pages", "no such page", {"most": count})])
                )
                return
            well = [found[number].print_id for number in pages]
            sent = [one.print_id for one in found]
            dialog.send(
                self.page.desk,
                actions.confirm,
                sent,
                well,
            )

        dialog.accepted_with.connect(go)
        dialog.show()
        form.inputs["pages"].setFocus()


def _named(one: Sent) -> str:
    return f"{one.number} {one.name}"


def _range(printer: QPrinter, count: int) -> list[int]:
    """The pages that were chosen in the printer's dialog, counted from 0."""
    first = printer.fromPage()
    last = printer.toPage()
    if printer.printRange() is not QPrinter.PrintRange.PageRange or not first:
        return list(range(count))
    return list(range(max(1, first) - 1, min(last, count)))
