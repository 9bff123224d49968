"""U1: how long the window's thread stands still during long work."""

import gc
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from statistics import median
from types import FrameType

from figure import Figure
from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication
from store import DAY, HEADER, PASSWORD, office, rows
from tables import application

LONGEST = 50.0  # milliseconds
PEOPLE = 5_000
TIMES = 3  # another program on the machine only adds: the median of so many counts
_BEAT = 5  # milliseconds between two beats
_LATE = 0.03  # seconds without a beat after which it is noted where the thread is


class Heartbeat(QObject):
    """Beats in the window's thread; keeps the longest time between two beats, and what the thread did meanwhile.

    An alarm looks at the stack from inside the thread: looking from another one would keep painters alive.
    """

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0.0  # seconds
        self.where = ""
        self._seen = ""
        self._last = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_BEAT)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        signal.signal(signal.SIGALRM, self._look)
        self._last = time.perf_counter()
        self._beat()
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()
        signal.setitimer(signal.ITIMER_REAL, 0)

    @Slot()
    def _beat(self) -> None:
        gap = time.perf_counter() - self._last
        if gap > self.longest:
            self.longest = gap
            self.where = self._seen
        self._seen = "a lane or Qt"
        signal.setitimer(signal.ITIMER_REAL, _LATE)
        self._last = time.perf_counter()

    def _look(self, _signal: int, frame: FrameType | None) -> None:
        names = []
        while frame is not None and len(names) < 3:
            file = Path(frame.f_code.co_filename)
            if {"ui", "cbs_desktop"} & set(file.parts):
                names.append(f"{file.name}:{frame.f_lineno} {frame.f_code.co_name}")
            frame = frame.f_back
        self._seen = " < ".join(names) or self._seen


class Scene:
    """A window over an office, in the middle of work."""

    def __init__(self, folder: Path, password: str, day) -> None:
        from cbs_desktop.clock import Calendar
        from cbs_desktop.office import Office
        from ui.desk import Desk
        from ui.main_window import MainWindow

        self.app = application()
        name = "bench" if password == PASSWORD else "coordinator"
        self.desk = Desk(Office.open(folder, name, password, Calendar(day)))
        self.window = MainWindow(self.desk)
        self.window.resize(1366, 728)
        self.window.show()
        self.window.open("home")
        self.settle()

    def page(self, word: str):
        self.window.open(word)
        self.settle()
        return self.window._pages[word]

    def settle(self, done: Callable[[], bool] = lambda: True) -> None:
        """Until every answer is there and painted, and `done` says so."""
        from ui.work import Work

        quiet = 0
        while quiet < 20 or not done():
            self.app.processEvents()
            busy = not (self.desk.idle() and Work.idle())
            quiet = 0 if busy else quiet + 1
            time.sleep(0.0005)

    def close(self) -> None:
        self.window.close()
        self.window.deleteLater()
        self.app.processEvents()


@contextmanager
def beating(scene: Scene) -> Iterator[Heartbeat]:
    """A heart that beats while the block runs."""
    heart = Heartbeat()
    gc.collect()  # what the making of the scene left
    scene.settle()
    heart.start()
    yield heart
    heart.stop()


def resting(folder: Path) -> Heartbeat:
    """Nothing at all for a while: what the machine alone lets a window wait."""
    office(folder, "office").close()
    scene = Scene(folder / "office", PASSWORD, DAY)
    with beating(scene) as heart:
        end = time.monotonic() + 5
        scene.settle(lambda: time.monotonic() > end)
    scene.close()
    return heart


def importing(folder: Path) -> Heartbeat:
    """A sheet chosen, checked and imported; then the list of participants."""
    from cbs_desktop.sheets.write import SheetPage, xlsx

    path = folder / "people.xlsx"
    path.write_bytes(xlsx([SheetPage("People", HEADER, rows(PEOPLE))]))
    office(folder, "office").close()
    scene = Scene(folder / "office", PASSWORD, DAY)
    page = scene.page("participants")
    with beating(scene) as heart:
        page.open_import()
        dialog = _dialog(scene.app)
        dialog.take(path)
        scene.settle(dialog.options.new_places.isVisible)
        dialog.options.new_places.setChecked(True)
        scene.settle(dialog.main.isEnabled)
        dialog.main.click()
        scene.settle(lambda: len(page.table.rows) == PEOPLE)
    assert len(page.table.rows) == PEOPLE
    scene.close()
    return heart


def _dialog(app: QApplication):
    from ui.widgets.dialog import Dialog

    shown = [each for each in app.topLevelWidgets() if isinstance(each, Dialog)]
    return next(each for each in shown if each.isVisible())


def proposing(folder: Path, template: Path) -> Heartbeat:
    """Groups proposed for a season, the board shown, and the proof of how good they are."""
    from cbs_desktop import resource

    plan = resource.toml("practice", "season.toml")
    shutil.copytree(template, folder / "planning")
    day = plan["starts"] - timedelta(days=7)
    scene = Scene(folder / "planning", "practice", day)
    page = scene.page("groups")
    before = page.shown.id
    with beating(scene) as heart:
        page.propose()
        scene.settle(lambda: page.shown.id != before)
    scene.close()
    return heart


def issuing(folder: Path, template: Path) -> Heartbeat:
    """Certificates issued to a whole season, and the first one shown."""
    from cbs_desktop import resource

    plan = resource.toml("practice", "season.toml")
    shutil.copytree(template, folder / "ending")
    scene = Scene(folder / "ending", "practice", plan["ends"])
    page = scene.page("certificates")
    assert len(page.people.ticked()) > 500
    with beating(scene) as heart:
        page.issue()
        scene.settle(lambda: page.filter.currentData() == "issued")
    assert len(page.register.rows) > 500
    scene.close()
    return heart


def reporting(folder: Path, template: Path) -> Heartbeat:
    """The graduation report shown, its people, and both its files."""
    from cbs_desktop import resource

    plan = resource.toml("practice", "season.toml")
    shutil.copytree(template, folder / "ended")
    scene = Scene(folder / "ended", "practice", plan["ends"] + timedelta(days=7))
    with beating(scene) as heart:
        page = scene.page("reports")
        page._open_people("", {})
        scene.settle()
        for name in ("report.pdf", "report.xlsx"):
            page.write(folder / name)
            scene.settle((folder / name).exists)
    scene.close()
    return heart


def blocks(folder: Path) -> Figure:
    """The longest block of the window's thread in each of four kinds of long work; the longest counts, rest is told."""
    from screens import before_the_season

    from ui import collection, warm_up
    from ui.app import keep_fluid

    keep_fluid(application())
    warm_up.import_all()  # as it is done beside the sign-in window
    warm_up.import_places()  # and while Home is read
    collection.set_aside()
    before_the_season(folder / "planning")
    qualified(folder / "ending")
    from start import practice

    scenes = {
        "rest": resting,
        "import": importing,
        "allocation": lambda place: proposing(place, folder / "planning"),
        "issue": lambda place: issuing(place, folder / "ending"),
        "report": lambda place: reporting(place, practice(folder)),
    }
    worst = 0.0
    more = []
    for name, scene in scenes.items():
        hearts = []
        for number in range(TIMES):
            place = folder / "heartbeat" / f"{name}{number}"
            place.mkdir(parents=True)
            hearts.append(scene(place))
        longest = 1000 * median(heart.longest for heart in hearts)
        if name != "rest":
            worst = max(worst, longest)
        slowest = max(hearts, key=lambda heart: heart.longest)
        more.append(f"{name} {longest:.0f} ms")
        if longest > LONGEST:
            more.append(f"up to {1000 * slowest.longest:.0f} in {slowest.where}")
    return Figure(
        "longest block of the window's thread", worst, "ms", LONGEST, ", ".join(more)
    )


def qualified(folder: Path) -> None:
    """A season in which everybody has been marked and no certificate is issued."""
    from cbs_desktop import founding, resource
    from cbs_desktop.clock import Calendar
    from cbs_desktop.practice.build import Season

    plan = resource.toml("practice", "season.toml")
    calendar = Calendar(plan["opens"])
    names = tuple(district["name"] for district in plan["district"])
    asked = founding.Plan(
        "Practice office", "PR", "RW", names, "coordinator", practice=True
    )
    office, _code = founding.found(folder, asked, "practice", calendar)
    season = Season(office, calendar, plan)
    for step in (season.set_up, season.register, season.screen):
        step()
    season.allocate()
    season.attend()
    office.close()
