"""Read registers: photos, scans or a whole folder, read beside the window and looked through page by page."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog

from cbs_desktop.problems import say
from cbs_desktop.scans import actions, arriving, queries, reading
from cbs_desktop.scans.actions import AcceptedForm, AcceptedPage, KeptForm
from cbs_desktop.scans.arriving import ArrivedFile
from cbs_desktop.scans.assessing import PageRecord
from cbs_desktop.scans.layout import PageShape, shape_of
from cbs_desktop.scans.page_code import PageCode
from cbs_desktop.scans.queries import AssessedPage
from cbs_desktop.scans.reading import ReadPage
from cbs_desktop.words import _, many
from ui.desk import Desk
from ui.scans.page_review import PageReview
from ui.screen import PageAction, Screen
from ui.widgets.file_reading import FileReading
from ui.widgets.parts import Empty, label, rows, sheet

_KINDS = " ".join(f"*{kind} *{kind.upper()}" for kind in arriving.KINDS)


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """A page that was read and not looked at yet."""

    path: Path
    digest: str
    read: ReadPage


class ReadRegisters(Screen):
    """Files in, pages one after the other, Enter for each; nothing is saved before."""

    word = "attendance"
    watches = frozenset({"attendance", "groups", "scans"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._to_read: deque[Path] = deque()
        self._waiting: deque[WaitingPage] = deque()
        self.now: WaitingPage | None = None
        self._by_hand = False
        self._read_now: Path | None = None
        self._files = 0
        self.accepted = self.marks = self.left = 0
        self.not_read: list[str] = []
        self._offer()
        self._line = FileReading(self._stopped)
        self.review = PageReview()
        self._result = label("", wrap=True)
        self._empty = Empty(
            _("Photos, scans or PDFs of registers that this program printed."),
            _("Open files"),
            self.open_files,
        )
        self._connect()
        inside = rows(self.review, margin=(16, 12, 16, 12))
        self._sheet = sheet(inside)
        box = rows(self._line, self._result, gap=10, margin=(24, 12, 24, 12))
        box.addWidget(self._sheet, 1)
        box.addWidget(self._empty, 1)
        self.setLayout(box)
        self._show_nothing()

    def _offer(self) -> None:
        needs = actions.accept_register
        self.offer(
            PageAction(_("Open files"), "Ctrl+O", "import", self.open_files, needs),
            PageAction(
                _("Open a folder"), "Ctrl+Shift+O", "import", self.open_folder, needs
            ),
            PageAction(
                _("Type the marks beside the picture"),
                "Ctrl+T",
                "edit",
                self.type_marks,
                needs,
            ),
            PageAction(_("Go to Attendance"), "", "attendance", self._go_back),
        )

    def _connect(self) -> None:
        self.review.accepted.connect(self._accept)
        self.review.left_out.connect(self.leave_out)
        self.review.changed.connect(self._look_again)
        self.review.named.connect(self._name_row)
        self.review.register.connect(self._register)
        self.review.refused.code_typed.connect(self._with_code)

    @Slot()
    def open_files(self) -> None:
        """Choose pictures or PDFs."""
        reading.make_ready()  # while files are chosen
        pattern = _("Pictures and PDFs ({kinds})").format(kinds=_KINDS)
        title = _("Registers to read")
        chosen, _kind = QFileDialog.getOpenFileNames(self, title, "", pattern)
        self._take_chosen([Path(one) for one in chosen])

    @Slot()
    def open_folder(self) -> None:
        """Choose a folder with pictures or PDFs."""
        reading.make_ready()
        chosen = QFileDialog.getExistingDirectory(self, _("Folder with registers"))
        self._take_chosen([Path(chosen)] if chosen else [])

    def _take_chosen(self, chosen: Sequence[Path]) -> None:
        if chosen:
            self.take(chosen)
        else:
            reading.let_go()

    def take(self, paths: Sequence[Path]) -> None:
        """Read these beside the window; the first page is shown as soon as it is there."""
        found = arriving.files_in(paths)
        if not found:
            self.said.emit(_("There are no pictures or PDFs in this folder."))
            return
        if self.now is None and not self._waiting and not self._to_read:
            self.accepted = self.marks = self.left = 0
            self.not_read = []
            self._files = 0
        reads_already = bool(self._to_read) or self._line.isVisibleTo(self)
        self._files += len(found)
        self._to_read.extend(found)
        self._result.hide()
        if not reads_already:
            self._read_next()

    def _read_next(self) -> None:
        if not self._to_read:
            self._show_next()
            return
        path = self._to_read.popleft()
        self._read_now = path
        failed = partial(self._not_read, path)
        self._line.read(arriving.arrive, path, then=self._arrived, failed=failed)
        self._tell_progress()

    def _arrived(self, file: ArrivedFile) -> None:
        for page in file.pages:
            self._waiting.append(WaitingPage(file.path, file.digest, page))
        self._read_next()
        if self.now is None:
            self._show_next()

    def _not_read(self, path: Path, problem: BaseException) -> None:
        self.not_read.append(str(say(problem)))
        self._read_next()

    def _stopped(self) -> None:
        """What was read is looked through all the same. Another place was opened: go on when this one is shown again."""
        if not self.isVisible() and self._read_now is not None:
            self._to_read.appendleft(self._read_now)
            return
        self._to_read.clear()
        self._show_next()

    def showEvent(self, event: QShowEvent) -> None:
        """Go on with the files that are left."""
        super().showEvent(event)
        if self._to_read and not self._line.isVisibleTo(self):
            self._read_next()

    def _show_next(self) -> None:
        if self.now is not None:
            return
        if not self._waiting:
            if not self._to_read and not self._line.isVisibleTo(self):
                self._show_nothing()
            return
        self._by_hand = False
        self.now = self._waiting.popleft()
        self._look(self.now.read)

    def _look(self, page: ReadPage) -> None:
        if self.now is not None:
            digest = self.now.digest
            self.ask(queries.assessed, page, digest, {}, then=self._show)

    def _show(self, page: AssessedPage) -> None:
        if self.now is None or page.read is not self.now.read:
            return
        self._sheet.show()
        self._empty.hide()
        self.review.show_page(page, self._title(page), self._by_hand)
        self._tell_progress()

    def _title(self, page: AssessedPage) -> str:
        assert self.now is not None, "a page is shown"
        where = _("{file}, page {n}").format(
            file=self.now.path.name, n=page.read.file_page
        )
        if page.record is None:
            return where
        if page.record.is_form:
            return f"{page.record.group}  ·  {where}"
        numbers = [one.number for one in page.record.columns]
        said = _("{group}, session {n}  ·  {where}")
        if len(numbers) > 1:
            said = _("{group}, sessions {n}  ·  {where}")
        listed = ", ".join(map(str, numbers))
        return said.format(group=page.record.group, n=listed, where=where)

    def _accept(self, taken: AcceptedPage | AcceptedForm) -> None:
        if isinstance(taken, AcceptedForm):
            done = partial(self._form_kept, taken)
            self.do(actions.accept_form, taken, then=done, failed=self._not_accepted)
            return
        done = partial(self._accepted, len(taken.marks))
        self.do(actions.accept_register, taken, then=done, failed=self._not_accepted)

    def _accepted(self, marks: int, *_id: object) -> None:
        self.accepted += 1
        self.marks += marks
        self.now = None
        self._show_next()

    def _form_kept(self, taken: AcceptedForm, kept: KeptForm) -> None:
        """Answers are half typed now; one to a risk question is finished at once, with its safety card."""
        record = self.review.page.record if self.review.page else None
        risky = [row.person_id for row in record.rows if row.shown] if record else []
        self._accepted(0)
        if any(taken.answers.get(number) for number in risky):
            self.opens.emit("screening", kept)
            self.said.emit(
                _("A risk question was answered: fill in the safety card now.")
            )
        else:
            self.said.emit(_("The answers are kept. Finish the sheet under Screening."))

    def _not_accepted(self, problem: BaseException) -> None:
        self.review.busy = False
        self.problem.emit(problem)

    @Slot()
    def leave_out(self) -> None:
        """On to the next page; nothing of this one is saved."""
        if self.now is not None:
            self.left += 1
            self.now = None
            self._show_next()

    @Slot()
    def _look_again(self) -> None:
        """With a day that was entered by hand."""
        if self.review.page is not None and self.now is not None:
            page = self.review.page
            held = self.review.held()
            again = self._renew
            self.ask(queries.assessed, page.read, page.file, held, then=again)

    def _renew(self, page: AssessedPage) -> None:
        if self.now is not None and page.read is self.now.read:
            self.review.renew(page)

    def refresh(self) -> None:
        """Somebody else may have marked what is shown."""
        self._look_again()

    def _name_row(self, row: int, number: str) -> None:
        record = self.review.page.record if self.review.page else None
        if record is not None:
            self.do(actions.put_on_page, record.code, row, number)

    @Slot()
    def _register(self) -> None:
        self.opens.emit("participants", "register")

    def _with_code(self, code: str) -> None:
        self.ask(queries.page_record, code, then=partial(self._found_code, code))

    def _found_code(self, code: str, record: PageRecord | None) -> None:
        shape = shape_of(record.shape) if record else None
        if record is None or shape is None or self.now is None:
            said = _("This office never printed a page with these letters.")
            self.review.refused.tell_fault(said)
            return
        self.ask(queries.office_tag, then=partial(self._read_with, code, shape))

    def _read_with(self, code: str, shape: PageShape, tag: str) -> None:
        assert self.now is not None, "a page is shown"
        of = PageCode(shape, tag, code)
        page = self.now.read
        found = partial(self._read_again, of)
        self._line.read(
            arriving.again,
            self.now.path,
            of,
            page.file_page,
            then=found,
            failed=lambda _problem: found(None),
        )

    def _read_again(self, code: PageCode, page: ReadPage | None) -> None:
        """Where it cannot be read so either, its marks are typed beside the picture."""
        if self.now is None:
            return
        self._by_hand = page is None
        found = page or arriving.by_hand(self.now.read, code)
        self.now = WaitingPage(self.now.path, self.now.digest, found)
        self._look(found)

    @Slot()
    def type_marks(self) -> None:
        """Type every mark of this page beside its picture, whatever was read."""
        page = self.review.page
        if self.now is None or page is None or page.record is None:
            self.said.emit(_("Type the letters beside the square code first."))
            return
        code = page.read.code
        if code is not None:
            self._read_again(code, None)

    def _show_nothing(self) -> None:
        self._sheet.hide()
        self._empty.show()
        self._result.setText(self._summary())
        self._result.setVisible(bool(self._files))
        self._tell_progress()

    def _summary(self) -> str:
        if not self._files:
            return ""
        pages = many("{n} page accepted", "{n} pages accepted", self.accepted)
        marks = many("{n} mark saved", "{n} marks saved", self.marks)
        left = many("{n} page left out", "{n} pages left out", self.left)
        said = [f"{pages}, {marks}, {left}."]
        return "\n".join([*said, *self.not_read])

    def _tell_progress(self) -> None:
        if not self._files:
            self.tell(_("Nothing is saved before you accept a page."))
            return
        facts = [many("{n} page accepted", "{n} pages accepted", self.accepted)]
        if waiting := len(self._waiting):
            facts.append(many("{n} page waiting", "{n} pages waiting", waiting))
        if rest := len(self._to_read):
            words = many("{n} file still to read", "{n} files still to read", rest)
            facts.append(words)
        self.tell("  ·  ".join(facts))

    def unsaved(self) -> str:
        """Pages that were read and not accepted."""
        count = len(self._waiting) + int(self.now is not None)
        if not count:
            return ""
        return many(
            "{n} page was read and not accepted yet.",
            "{n} pages were read and not accepted yet.",
            count,
        )

    def show_item(self, item: object) -> None:
        """Files that somebody chose elsewhere."""
        if isinstance(item, list):
            self.take([Path(str(one)) for one in item])

    def setFocus(self, *reason: object) -> None:
        """The keys belong to the page."""
        self.review.setFocus()

    def _go_back(self) -> None:
        self.opens.emit("attendance", None)
