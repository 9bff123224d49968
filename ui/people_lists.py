"""The window of the everyday lists: choose one, see its pages, print it, or save it as PDF or spreadsheet."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QSizePolicy, QWidget

from cbs_desktop.action import Progress
from cbs_desktop.errors import Cancelled
from cbs_desktop.exports import files
from cbs_desktop.exports.rules import OWN, Outgoing, Recipient
from cbs_desktop.overview import list_documents
from cbs_desktop.overview import queries as overview
from cbs_desktop.overview.list_kinds import (
    CHOOSABLE,
    COLUMNS,
    DIVIDED,
    KINDS,
    LEVELS,
    NAMELESS,
    ListKind,
)
from cbs_desktop.overview.lists import (
    ListChoice,
    ListRequest,
    PeopleList,
    remember_list,
)
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.words import _, many
from ui.widgets.dialog import Dialog
from ui.widgets.form import Field, Form, FormValues
from ui.widgets.outgoing import print_out, save_as
from ui.widgets.parts import button, label, line, rows, scrolled
from ui.widgets.preview import Preview, printer_for
from ui.work import Work

if TYPE_CHECKING:
    from ui.screen import Screen

_WIDTH = 1000  # pixels
_FORM = 380  # pixels of the choices beside the pages


class ListWindow(Dialog):
    """The choices to the left, the real pages to the right."""

    def __init__(self, screen: "Screen", request: ListRequest) -> None:
        self._screen = screen
        self._request = request
        self._own: ListChoice | None = None
        self._found: PeopleList | None = None
        self._drawing: Work | None = None
        self._form = Form(self._fields())
        self._drawn: PeopleList | None = None  # the list that the preview shows
        self.preview = Preview(_("Print preview of the list"))
        self.facts = label("", "small", wrap=True)
        super().__init__(
            screen, _("Lists"), self._inside(), _("Print"), _WIDTH, tall=False
        )
        self.pdf = button(_("Save as PDF"), partial(self._save, ".pdf"), "", "save")
        self.sheet = button(
            _("Save as spreadsheet"), partial(self._save, ".xlsx"), "", "export"
        )
        self._place_buttons()
        self.main.setEnabled(False)
        self.resize(_WIDTH, self._room().height())
        self._form.changed.connect(self._changed)
        self._form.inputs["kind"].currentIndexChanged.connect(self._kind_chosen)
        self._form.show_values({"kind": request.kind})
        self._kind_chosen()
        self.accepted_with.connect(self._print)
        screen.desk.ask(self, overview.list_choice, then=self._keep_own)
        self._form.inputs["kind"].setFocus()

    def _fields(self) -> list[Field]:
        return [
            Field("kind", _("List"), "choice", choices=self._kinds(), span=2),
            Field("columns", _("Columns"), "list", span=2),
            Field("divided", _("Divided"), "choice", choices=_words(DIVIDED)),
            Field("level", _("Place"), "choice", choices=_words(LEVELS)),
            Field(
                "all_names",
                _("The spreadsheet stays in the office"),
                "yes",
                _("Else it names only those who agreed to have their names shared."),
                span=2,
            ),
        ]

    def _kinds(self) -> list[tuple[object, str]]:
        screens = self._screen.desk.office.account.may(Permission.RECORD_SCREENING)
        found: list[tuple[object, str]] = []
        for key, kind in KINDS.items():
            if screens or kind.state != "waiting":
                found.append((key, _(kind.title)))
        return found

    def _inside(self) -> QWidget:
        above = QWidget()
        above.setLayout(rows(self._form, None))
        choices = scrolled(above)
        choices.setFixedWidth(_FORM)
        choices.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        left = rows(gap=8)
        left.addWidget(choices, 1)
        left.addWidget(self.facts)
        inside = QWidget()
        box = line(left, gap=16)
        box.addWidget(self.preview, 1)
        inside.setLayout(box)
        return inside

    def _place_buttons(self) -> None:
        """Saving stands beside printing."""
        box = self.layout()
        assert box is not None
        item = box.itemAt(box.count() - 1)
        assert item is not None
        last = item.layout()
        assert last is not None
        for made in (self.main, self.cancel):
            last.removeWidget(made)
        self.cancel.setText(_("Close"))
        for made in (self.cancel, self.pdf, self.sheet, self.main):
            last.addWidget(made)

    def _keep_own(self, choice: ListChoice) -> None:
        self._own = choice
        if self._form.values()["kind"] == "own":
            self._kind_chosen()

    @Slot()
    def _kind_chosen(self) -> None:
        """Another list has other columns to choose from."""
        key = self._form.values()["kind"]
        kind = KINDS[key]
        offered: list[tuple[object, str]] = []
        for column in offered_columns(kind):
            offered.append((column, _(COLUMNS[column])))
        choice = ListChoice(kind.columns, kind.divided, kind.level)
        if key == "own" and self._own is not None:
            choice = self._own
        columns = self._form.inputs["columns"]
        columns.blockSignals(True)
        columns.offer(offered)
        self._form.show_values(
            {
                "columns": choice.columns,
                "divided": choice.divided,
                "level": choice.level,
            }
        )
        columns.blockSignals(False)
        self._form.inputs["all_names"].setEnabled(kind.named)
        self._typed = False
        self._ask()

    @Slot()
    def _changed(self) -> None:
        self._typed = False  # nothing is lost when this window is closed
        self._ask()

    def request(self) -> ListRequest:
        """The list as it is chosen now."""
        values = self._form.values()
        choice = ListChoice(values["columns"], values["divided"], values["level"])
        asked = self._request
        return ListRequest(
            values["kind"],
            asked.words,
            asked.state,
            asked.district_id,
            asked.person_ids,
            choice,
        )

    def _ask(self) -> None:
        self._found = None
        self._allow(False)
        self.facts.setText(_("Reading …"))
        self._screen.desk.ask(
            self,
            overview.people_list,
            self.request(),
            then=self._draw,
            failed=self.failed,
        )

    def failed(self, problem: BaseException) -> None:
        """There is no such list: nothing can be printed or saved."""
        super().failed(problem)
        self._allow(self._found is not None and self._drawn is self._found)

    def _allow(self, ready: bool) -> None:
        for made in (self.main, self.pdf, self.sheet):
            made.setEnabled(ready)

    def _draw(self, found: PeopleList) -> None:
        self._found = found
        if self._drawing is not None:
            self._drawing.cancel()
        self.facts.setText(_("Drawing …"))
        self._drawing = Work(
            self,
            partial(self._content, found, ".pdf"),
            then=partial(self._show, found),
            failed=self._not_drawn,
        )
        self._drawing.start()

    def _content(
        self, found: PeopleList, suffix: str, progress: Progress | None = None
    ) -> bytes:
        office = self._screen.desk.office
        return list_documents.content(office, found, suffix, False, progress)

    def _not_drawn(self, problem: BaseException) -> None:
        if not isinstance(problem, Cancelled):
            self.failed(problem)

    def _show(self, found: PeopleList, content: bytes) -> None:
        if found is not self._found:  # another one was asked for in between
            return
        self.preview.show_pdf(content)
        self._drawn = found
        self._allow(True)
        told = [many("{n} person", "{n} people", len(found.lines))]
        told.append(list_documents.filter_words(found))
        told.append(many("{n} page", "{n} pages", self.preview.pages))
        if found.missing:
            told.append(
                many(
                    "{n} of those ticked does not belong on this list",
                    "{n} of those ticked do not belong on this list",
                    found.missing,
                )
            )
        self.facts.setText("  ·  ".join(told))

    @Slot(dict)
    def _print(self, _values: FormValues) -> None:
        if self._drawn is not self._found:
            return
        self.main.setEnabled(True)
        content = self.preview.content
        printer = printer_for(content)
        asking = QPrintDialog(printer, self)
        asking.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
        asking.setMinMax(1, self.preview.pages)
        asking.setFromTo(1, self.preview.pages)
        if not asking.exec():
            return
        wanted = range(self.preview.pages)
        if asking.printRange() is QPrintDialog.PrintRange.PageRange:
            wanted = range(printer.fromPage() - 1, printer.toPage())
        self._remember()
        print_out(
            self._screen, self._what(OWN), content, printer, wanted, self._printed
        )
        self.well()

    def _printed(self, pages: int) -> None:
        told = many(
            "{n} page went to the printer.", "{n} pages went to the printer.", pages
        )
        self._screen.said.emit(told)

    def _save(self, suffix: str) -> None:
        kind = self._form.values()["kind"]
        asked = _("Save the list")
        name = f"{kind}{suffix}"

        def chosen(path: Path, to: Recipient) -> None:
            self.save_to(path.with_suffix(suffix), to)

        desk = self._screen.desk
        save_as(self, desk, "list", asked, name, f"*{suffix}", chosen)

    def _what(self, to: Recipient) -> Outgoing:
        people = len(self._found.lines) if self._found else 0
        return Outgoing("list", people, to)

    def save_to(self, path: Path, to: Recipient = OWN) -> None:
        """Write the list as it is seen: PDF with all names, a spreadsheet with those that may be shared unless it stays."""
        assert self._found is not None
        content = self.preview.content
        if path.suffix == ".xlsx":
            all_names = self._form.values()["all_names"]
            office = self._screen.desk.office
            content = list_documents.content(office, self._found, ".xlsx", all_names)
        desk = self._screen.desk
        write = partial(files.write, desk.office, self._what(to), {path: content})
        desk.call(self, write, then=partial(self._saved, path), failed=self.failed)

    def _saved(self, path: Path, noted: bool) -> None:
        self._remember()
        said = _("Saved as {file}").format(file=path.name)
        self.facts.setText(said if noted else f"{said}. {files.not_noted()}")

    def _remember(self) -> None:
        """The own list is offered like this the next time."""
        if self._form.values()["kind"] == "own":
            choice = self.request().choice
            assert choice is not None
            self._own = choice
            self._screen.do(remember_list, choice)


def offered_columns(kind: ListKind) -> tuple[str, ...]:
    """The columns that may be chosen for a list."""
    if not kind.named:
        return NAMELESS
    more: list[str] = []
    for column in kind.columns:
        if column not in CHOOSABLE:
            more.append(column)
    return (*CHOOSABLE, *more)


def _words(table: dict[str, str] | dict[int, str]) -> list[tuple[object, str]]:
    found: list[tuple[object, str]] = []
    for key, word in table.items():
        found.append((key, _(word)))
    return found
