"""The one way of a paper or file out of the window: who gets it, where it goes, and its line in the journal."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from cbs_desktop.errors import Invalid
from cbs_desktop.exports import actions, files, queries
from cbs_desktop.exports.kinds import KINDS, RECIPIENT_WORDS
from cbs_desktop.exports.rules import RECIPIENTS, Outgoing, Recipient, recipient_faults
from cbs_desktop.words import _
from ui.widgets.dialog import Dialog
from ui.widgets.form import Field, Form, FormValues
from ui.widgets.preview import send

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from ui.desk import Desk
    from ui.screen import Screen

Chosen = Callable[[Path, Recipient], object]
_WIDTH = 480  # pixels


class RecipientDialog(Dialog):
    """Who gets a file that names people, in one line; the country only when it leaves the office's own."""

    def __init__(
        self,
        parent: QWidget,
        last: Recipient,
        then: Callable[[Recipient], object],
    ) -> None:
        self._then = then
        choices: list[tuple[object, str]] = []
        for who in RECIPIENTS:
            choices.append((who, _(RECIPIENT_WORDS[who])))
        abroad = _(
            "Only if it leaves the country: the law allows that on listed grounds only."
        )
        fields = [
            Field("who", _("Who gets it?"), "choice", choices=choices),
            Field("other", _("Name of the office or institution")),
            Field("country", _("Country, if abroad"), help=abroad),
        ]
        self.form = Form(fields, columns=1)
        super().__init__(
            parent, _("This file names people"), self.form, _("Choose where…"), _WIDTH
        )
        self.form.show_values(
            {"who": last.who, "other": last.other, "country": last.country}
        )
        self._typed = False
        self.form.inputs["who"].setFocus()
        self.accepted_with.connect(self._go)

    def _go(self, values: FormValues) -> None:
        to = Recipient(values["who"], values["other"], values["country"])
        if faults := recipient_faults(to):
            self.failed(Invalid(faults))
            return
        self.well()
        self._then(to)


def save_as(
    owner: QWidget,
    desk: "Desk",
    kind: str,
    title: str,
    name: str,
    pattern: str,
    then: Chosen,
) -> None:
    """Ask who gets a file, where its kind names people, and where it is to be saved; nothing happens without an answer."""

    def choose(to: Recipient) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(owner, title, name, pattern)
        if chosen:
            then(Path(chosen), to)

    _ask_recipient(owner, desk, kind, choose)


def where_to(owner: QWidget, title: str, name: str, pattern: str) -> Path | None:
    """Where a file is to be saved of which nobody is asked who gets it; None for nowhere."""
    chosen, _kind = QFileDialog.getSaveFileName(owner, title, name, pattern)
    return Path(chosen) if chosen else None


def save_into(
    owner: QWidget, desk: "Desk", kind: str, title: str, then: Chosen
) -> None:
    """As `save_as`, for several files in a folder."""

    def choose(to: Recipient) -> None:
        chosen = QFileDialog.getExistingDirectory(owner, title)
        if chosen:
            then(Path(chosen), to)

    _ask_recipient(owner, desk, kind, choose)


def _ask_recipient(
    owner: QWidget, desk: "Desk", kind: str, then: Callable[[Recipient], object]
) -> None:
    if not KINDS[kind].asks:
        then(Recipient())
        return

    def show(last: Recipient) -> None:
        RecipientDialog(owner, last, then).show()

    desk.ask(owner, queries.last_recipient, kind, then=show)


def keep(
    page: "Screen",
    what: Outgoing,
    content: Mapping[Path, bytes],
    said: str,
    next_: Callable[[], object] | None = None,
) -> None:
    """Write files, note that they left, and say so; `next_` is done when it went well."""
    write = partial(files.write, page.desk.office, what, content)
    then = partial(_tell, page, said, next_)
    page.desk.call(page, write, then=then, failed=page.problem.emit)


def _tell(
    page: "Screen", said: str, next_: Callable[[], object] | None, noted: bool
) -> None:
    if next_ is not None:
        next_()
    page.said.emit(said if noted else f"{said}. {files.not_noted()}")


def print_out(
    page: "Screen",
    what: Outgoing,
    content: bytes,
    printer: "QPrinter",
    pages: Sequence[int] | None,
    then: Callable[[int], object],
) -> None:
    """Note what goes to the printer, then print it. An office that is only looked at prints too, and says that nothing
    could be noted."""

    def go(*_noted: object) -> None:
        page.work(_("Printing"), send, content, printer, pages, then=told)

    def told(count: int) -> None:
        then(count)
        if page.desk.office.is_only_looked_at:
            page.said.emit(files.not_noted())

    if page.desk.office.is_only_looked_at:
        go()
    else:
        page.do(actions.send_to_printer, what, then=go)
