"""The window: rail, top, page, message bar, strip; keys, lock, and opening a place with an id."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QMainWindow,
    QMenu,
    QSizePolicy,
    QStackedWidget,
    QWidget,
)

from cbs_desktop import clock, settings
from cbs_desktop.action import Change
from cbs_desktop.drafts import actions as drafts
from cbs_desktop.errors import Cancelled, OfficeProblem
from cbs_desktop.settings import SettingValues
from cbs_desktop.words import _
from ui import theme
from ui.auto_copies import AutoCopies
from ui.commands import CommandPalette, TypingFirst, has_typing
from ui.desk import Desk
from ui.destinations import DESTINATIONS, Destination
from ui.lock import Idle, LockPage
from ui.messages import Bar, CrashPage, confirm, tidied_words
from ui.paper_watch import PaperWatch
from ui.rail import Rail, Strip, looking_band, practice_band
from ui.screen import PageAction, Screen
from ui.start_check import StartCheck, finish_restore, seal_anew, sign_journal
from ui.system_lock import SystemLock
from ui.widgets.parts import button, clear, label, line, rows

NARROW = 1200  # pixels: below, the rail keeps its icons only


class MainWindow(QMainWindow):
    """All places of one opened office."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        office = desk.office
        self.setWindowTitle(f"CBS Desktop · {office.title}")
        self._destinations = [
            destination
            for destination in DESTINATIONS
            if office.account.may(destination.needs)
        ]
        self._pages: dict[str, Screen] = {}
        self._here = ""
        self._crash: CrashPage | None = None
        self._start_check: StartCheck | None = None
        self._narrow: bool | None = None
        self._look = theme.Appearance()
        self._build()
        self._keys()
        self.rail.chosen.connect(self.open)
        desk.changed.connect(self._on_change)
        desk.failed.connect(self._show_problem)
        self.bar.undo.connect(self.undo)
        self._idle = Idle(self)
        self._idle.passed.connect(self.lock)
        self._system_lock = SystemLock(self, self.lock)
        TypingFirst(self)
        self.resize(1366, 728)
        self._ask_backup()
        desk.do(self, drafts.tidy, then=self._say_removed, failed=self._try_next_time)

    def _build(self) -> None:
        self._stack = QStackedWidget()
        self.bar = Bar()
        self.rail = Rail(self._destinations, self.desk.office.title)
        self._top = self._make_top()
        self._bar_place = rows(self.bar, margin=(24, 0, 24, 8))
        right = rows(gap=0)
        if self.desk.office.practice:
            right.addWidget(practice_band())
        if why := self.desk.office.why_look_only:
            right.addWidget(looking_band(why))
        right.addWidget(self._top)
        right.addWidget(self._stack, 1)
        right.addLayout(self._bar_place)
        self._strip = Strip(self.desk.office)
        self._copies = AutoCopies(self, self.desk, self.bar, self._strip)
        self._papers = PaperWatch(self, self.desk, self.bar)
        right.addWidget(self._strip)
        inside = self._inside = QWidget()
        inside.setProperty("role", "page")
        box = line(self.rail, gap=0)
        box.addLayout(right, 1)
        inside.setLayout(box)
        self._lock = LockPage(self.desk, self._unlocked)
        self._whole = QStackedWidget()
        self._whole.addWidget(inside)
        self._whole.addWidget(self._lock)
        self.setCentralWidget(self._whole)

    def _make_top(self) -> QFrame:
        top = QFrame()
        top.setProperty("panel", "top")
        self._title = label("", "title")
        self._facts = label("", "small")
        for each in (self._title, self._facts):
            each.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._actions = line()
        self._find = button(
            _("Find anything"), self.find_anything, "", "find", "Ctrl+K"
        )
        self._menu = button(_("Menu"), self._show_menu, "", "menu", "F10")
        self._top_box = line(gap=8, margin=(24, 8, 24, 8))
        self._top_box.addLayout(rows(self._title, self._facts, gap=0), 1)
        self._top_box.addLayout(self._actions)
        self._top_box.addWidget(self._find)
        self._top_box.addWidget(self._menu)
        top.setLayout(self._top_box)
        return top

    # --- keys and commands

    def _keys(self) -> None:
        pairs = [
            (destination.key, partial(self.open, destination.word, None))
            for destination in self._destinations
            if destination.key
        ]
        pairs += [
            ("Ctrl+K", self.find_anything),
            ("Ctrl+Z", self.undo),
            ("Ctrl+Y", self.redo),
            ("Ctrl+L", self.lock),
            ("Ctrl+F", self._find_here),
            ("F10", self._show_menu),
            ("Ctrl++", self.bigger),
            ("Ctrl+=", self.bigger),
            ("Ctrl+-", self.smaller),
            ("F5", self._again),
        ]
        for key, run in pairs:
            self._bind(key, run)
        self._page_keys: list[QAction] = []

    def _bind(self, key: str, run: Callable[..., object]) -> QAction:
        """A key of what the lock covers: hidden, it does nothing."""
        made = QAction(self._inside)
        made.setShortcut(QKeySequence(key))
        made.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        made.triggered.connect(run)
        self._inside.addAction(made)
        return made

    def _page_actions(self) -> tuple[PageAction, ...]:
        page = self._pages.get(self._here)
        if page:
            return page.page_actions
        return ()

    def commands(self) -> list[PageAction]:
        """All that can be asked for here."""
        found = list(self._page_actions())
        found += [
            PageAction(
                destination.title,
                destination.key,
                destination.word,
                partial(self.open, destination.word, None),
            )
            for destination in self._destinations
        ]
        found += [
            PageAction(_("Undo"), "Ctrl+Z", "undo", self.undo),
            PageAction(_("Redo"), "Ctrl+Y", "undo", self.redo),
            PageAction(_("Lock"), "Ctrl+L", "lock", self.lock),
            PageAction(_("Change my password"), "", "lock", self.change_password),
            PageAction(_("Bigger text"), "Ctrl++", "add", self.bigger),
            PageAction(_("Smaller text"), "Ctrl+-", "quiet", self.smaller),
            PageAction(_("Light or dark"), "", "info", self.turn_theme),
        ]
        return found

    @Slot()
    def _show_menu(self) -> None:
        menu = QMenu(self)
        for command in self.commands():
            menu.addAction(
                theme.icon(command.icon), f"{command.label}\t{command.key}", command.run
            )
        menu.popup(self._menu.mapToGlobal(self._menu.rect().bottomLeft()))

    @Slot()
    def find_anything(self) -> None:
        """Ctrl+K."""
        from cbs_desktop.overview.queries import find_people

        palette = CommandPalette(self, self.commands())
        if self.desk.office.may(find_people):
            palette.asked.connect(
                lambda text: self.desk.ask(
                    palette, find_people, text, then=palette.show_people
                )
            )
        palette.person.connect(partial(self.open, "participants"))
        palette.move(self.mapToGlobal(self.rect().center()) - palette.rect().center())
        palette.show()

    @Slot()
    def _find_here(self) -> None:
        if page := self._pages.get(self._here):
            page.find_in_list()

    @Slot()
    def _again(self) -> None:
        if page := self._pages.get(self._here):
            page.refresh()

    @Slot()
    def undo(self) -> None:
        """Take back: typing first where text is being typed, else this person's last action."""
        field = QApplication.focusWidget()
        if has_typing(field):
            field.undo()  # type: ignore[union-attr]
        else:
            self.desk.undo(self)

    @Slot()
    def redo(self) -> None:
        """Do again what was taken back: typing first."""
        field = QApplication.focusWidget()
        if has_typing(field, again=True):
            field.redo()  # type: ignore[union-attr]
        else:
            self.desk.redo(self)

    @Slot()
    def lock(self) -> None:
        """Cover everything and forget the keys until the password is given; what was typed stays."""
        if self._whole.currentWidget() is not self._lock:
            self._whole.setCurrentWidget(self._lock)
            self._lock.begin()
            if self._start_check is not None:
                self._start_check.cancel()
            self.desk.lock(partial(sign_journal, self.desk.office))

    @Slot()
    def change_password(self) -> None:
        """One's own password, whoever it is."""
        from ui.password import change_own

        change_own(self, self.desk)

    def _unlocked(self) -> None:
        self._whole.setCurrentIndex(0)
        if self._start_check is not None:
            self._start_check.go_on()

    @Slot()
    def bigger(self) -> None:
        """Text one step bigger, up to 150 %."""
        self._look.resize(0.1)
        self._fit(force=True)

    @Slot()
    def smaller(self) -> None:
        """Text one step smaller, down to 100 %."""
        self._look.resize(-0.1)
        self._fit(force=True)

    @Slot()
    def turn_theme(self) -> None:
        """From light to dark or back."""
        self._look.turn()
        self._fit(force=True)

    def first_place(self) -> str:
        """The place shown first: Home, or what an account without it may see."""
        return self._destinations[0].word

    def open(self, word: str, item: object = None, *_more: object) -> None:
        """Go to a destination, and to one thing in it."""
        destination = next(
            (one for one in self._destinations if one.word == word), None
        )
        if destination is None:
            return
        page = self._page(destination)
        self._here = word
        self.rail.go(destination.inside or word)
        self._stack.setCurrentWidget(page)
        self._show_head(destination, page)
        self._drop_crash()
        if item is not None and item is not False:
            page.show_item(item)
        page.setFocus()

    def _page(self, destination: Destination) -> Screen:
        if destination.word not in self._pages:
            page = destination.screen()(self.desk)
            page.told.connect(partial(self._say_at_top, page, self._facts))
            page.titled.connect(partial(self._say_at_top, page, self._title))
            page.opens.connect(self.open)
            page.problem.connect(self._show_problem)
            page.said.connect(self.bar.show_word)
            page.working.connect(self.bar.show_work)
            self._pages[destination.word] = page
            self._stack.addWidget(page)
        return self._pages[destination.word]

    def _say_at_top(self, page: Screen, where: QLabel, words: str) -> None:
        """What a page says of itself; an answer that comes when another page is open is for later."""
        if self._stack.currentWidget() is page:
            where.setText(words)

    def _show_head(self, destination: Destination, page: Screen) -> None:
        self._title.setText(page.title or destination.title)
        self._facts.setText("")
        clear(self._actions)
        for made in self._page_keys:
            made.deleteLater()
        self._page_keys = [
            self._bind(command.key, command.run)
            for command in self._page_actions()
            if command.key
        ]
        for i, command in enumerate(self._page_actions()[:2]):
            self._actions.addWidget(
                button(
                    command.label,
                    command.run,
                    "main" if i == 0 else "",
                    command.icon,
                    command.key,
                )
            )
        page.tell_again()

    @Slot(object)
    def _on_change(self, change: Change) -> None:
        self.bar.show_change(change)
        if "settings" in change.rooms:
            self._ask_backup()
        for page in self._pages.values():
            page.on_change(change)

    def _ask_backup(self) -> None:
        if self.desk.office.may(settings.all_values):
            self.desk.ask(self, settings.all_values, then=self._show_backup)

    def _try_next_time(self, _problem: BaseException) -> None:
        """A folder that cannot be written says so at the first change; tidying can wait."""

    def _say_removed(self, removed: drafts.Tidied) -> None:
        """Half-typed forms that are offered no more."""
        if said := tidied_words(removed):
            self.bar.show_word(said)

    def _show_backup(self, values: SettingValues) -> None:
        self._idle.wait(values["lock after"])
        self._strip.show_backup(
            values["last backup"], clock.day_of(self.desk.office.now())
        )

    @Slot(object)
    def _show_problem(self, problem: BaseException) -> None:
        """What a person can mend goes to the bar, what is ours to mend to the crash page."""
        if isinstance(problem, OfficeProblem | Cancelled):
            self.bar.show_problem(problem)
        else:
            self.show_crash(problem)

    def _fit(self, force: bool = False) -> None:
        narrow = self.width() < NARROW
        if narrow == self._narrow and not force:
            return
        self._narrow = narrow
        self.rail.fit(narrow)
        self._strip.fit()
        self._find.setText("" if narrow else f" {_('Find anything')}   Ctrl+K")
        self._menu.setText("")
        edge = 12 if narrow else 24
        self._top_box.setContentsMargins(
            edge, 4 if narrow else 8, edge, 4 if narrow else 8
        )
        self._bar_place.setContentsMargins(edge, 0, edge, 6)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window keeps the icons of the rail."""
        super().resizeEvent(event)
        self._fit()

    def check(self) -> None:
        """The start-up check, beside the window."""
        self._start_check = StartCheck(self, self.desk, self.bar)
        self._start_check.start()
        seal_anew(self, self.desk)

    def show_crash(self, problem: BaseException) -> None:
        """Cover the page; going back finds it as it was."""
        self._drop_crash()
        self._crash = CrashPage(problem, self._leave_crash)
        self._stack.addWidget(self._crash)
        self._stack.setCurrentWidget(self._crash)

    @Slot()
    def _leave_crash(self) -> None:
        if self._here:
            self._stack.setCurrentWidget(self._pages[self._here])
        self._drop_crash()

    def _drop_crash(self) -> None:
        if self._crash is not None:
            self._stack.removeWidget(self._crash)
            self._crash.deleteLater()
            self._crash = None

    def closeEvent(self, event: QEvent) -> None:
        """Ask about what is half typed; finish what was begun, then close the office."""
        lost = " ".join(filter(None, (page.unsaved() for page in self._pages.values())))
        if lost and not confirm(
            self, lost, _("Close without saving"), _("Keep editing")
        ):
            event.ignore()
            return
        if self._start_check is not None:
            self._start_check.cancel()
        self.desk.close()
        self.hide()
        sign_journal(self.desk.office)
        self._copies.leave()
        self.desk.office.close()
        finish_restore(self.desk.office.folder)
        super().closeEvent(event)  # type: ignore[arg-type]
