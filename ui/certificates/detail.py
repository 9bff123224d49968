"""The right side of the Certificates place: the real page of whoever is chosen, and what is known of the certificate."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QComboBox, QWidget

from cbs_desktop.certificates import documents, papers, queries
from cbs_desktop.certificates.queries import Candidate, Issued
from cbs_desktop.certificates.rules import ORDERS, Printable
from cbs_desktop.words import _, many
from ui.certificates.tables import why
from ui.screen import Screen
from ui.vocabulary import full_day
from ui.widgets.parts import label, line, rows
from ui.widgets.preview import Preview
from ui.work import Work


class CertificateDetail(QWidget):
    """Shows one person or one certificate; and the order in which pages are printed."""

    def __init__(self, page: Screen) -> None:
        super().__init__()
        self._page = page
        self._drawing = 0
        self._turned: list[tuple[int, Printable]] = []
        self.programme = ""  # of the round: its look is that of drafts
        self.preview = Preview(_("Print preview of the certificate"))
        self.preview.turned.connect(self._tell_page)
        self.preview.failed.connect(page.problem.emit)
        self.facts = label("", "small", wrap=True)
        self.order = QComboBox()
        self.order.setAccessibleName(_("Order of the pages"))
        said = (_("By group and name"), _("By name"), _("By number"))
        for word, text in zip(ORDERS, said, strict=True):
            self.order.addItem(text, word)
        box = rows(gap=8)
        box.addWidget(self.preview, 1)
        box.addWidget(self.facts)
        box.addLayout(
            line(label(_("Order of the pages"), "small"), self.order, None, gap=8)
        )
        self.setLayout(box)

    def show_nobody(self) -> None:
        """The list is empty."""
        self._drawing += 1
        self.preview.show_pdf(b"")
        self.facts.setText(_("This list is empty. Choose another list above."))

    def show_one(self, one: Candidate | Issued) -> None:
        """A person as a draft, or a certificate as it is printed."""
        if isinstance(one, Candidate):
            if one.printed_name != one.name:
                other = _("printed as: {name}").format(name=one.printed_name)
            else:
                other = ""
            parts = [one.number, f"{one.group}, {one.place}", why(one), other]
            if one.undrawn:
                told = _("correct the name first: no font can print {signs}")
                parts.append(told.format(signs=one.undrawn))
                self.preview.show_pdf(b"")  # another's page is not shown beside it
            self.facts.setText(" · ".join(filter(None, parts)))
            self._draw(
                [(0, replace(_draft(one), programme=self.programme))], draft=True
            )
        else:
            self.facts.setText(_about(one))
            if self._page.may(queries.printable):
                self._page.ask(queries.printable, [one.id], then=self._draw)

    def warn(self, what: str) -> None:
        """Something about the certificate that is shown, beneath its facts."""
        self.facts.setText(f"{self.facts.text()}\n{what}")

    def _draw(self, found: list[tuple[int, Printable]], draft: bool = False) -> None:
        self._drawing = number = self._drawing + 1
        self._turned = []
        if not found:
            self.preview.show_pdf(b"")
            return

        def render() -> bytes:
            sheet_ = replace(
                papers.sheet(self._page.desk.office, found[0][1].programme), draft=draft
            )
            return documents.render(
                [printable for _i, printable in found], sheet_, with_code=not draft
            )

        def show(content: bytes) -> None:
            if number == self._drawing:  # somebody else may have been chosen in between
                self.preview.show_pdf(content)

        Work(
            self,
            render,
            then=show,
            failed=self._page.problem.emit,
            takes_progress=False,
        ).start()

    def show_many(self, chosen: Sequence[Issued]) -> None:
        """Certificates one after the other, each made when it is turned to."""
        ids = [one.id for one in chosen]
        order = self.order.currentData()
        self._page.ask(queries.printable, ids, order, then=self._turn)

    def _turn(self, found: list[tuple[int, Printable]]) -> None:
        self._drawing += 1
        self._turned = found
        office = self._page.desk.office

        def make(number: int) -> bytes:
            one = found[number][1]
            return documents.render([one], papers.sheet(office, one.programme))

        self.preview.show_each(len(found), make)
        self._tell_page(0)

    def _tell_page(self, number: int) -> None:
        if number < len(self._turned):
            one = self._turned[number][1]
            self.facts.setText(f"{one.number} · {one.name}")


def _draft(one: Candidate) -> Printable:
    """Before it is issued a certificate is shown without number and code, marked as a draft."""
    stands = one.completion
    return Printable(
        number="–",
        name=one.printed_name,
        programme="",
        attended=stands.attended,
        held=stands.held,
        began_on=one.began_on,
        completed_on=one.ended_on,
        issued_on=one.ended_on,
        place=one.place.split(" › ")[0],
        code="",
    )


def _about(one: Issued) -> str:
    """A certificate in a line: issued, printed, what became of it, and who decided where the rule was not met."""
    parts = [
        _("{number}, issued {day}").format(
            number=one.number, day=full_day(one.issued_on)
        ),
        one.group,
        many("printed {n} time", "printed {n} times", one.prints),
    ]
    if one.withdrawn_on:
        parts.append(_("withdrawn {day}").format(day=full_day(one.withdrawn_on)))
    if one.replaced_by:
        parts.append(_("replaced by {number}").format(number=one.replaced_by))
    if one.override:
        parts.append(
            _("by exception, decided by {who}: {words}").format(
                who=one.by, words=one.override_words
            )
        )
    return " · ".join(parts)
