"""A: from the start of the program to the first paint, its memory, and from sign-in to Home."""

import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from figure import Figure

ROOT = Path(__file__).resolve().parents[2]
BARE = """
import sys
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([])
window = QWidget(); window.resize(960, 620); window.show(); app.processEvents(); window.grab()
"""
OURS = """
import sys
from pathlib import Path
from ui.app import App
app = App(Path(sys.argv[1])); app.sign_in.show(); app.qt.processEvents(); app.sign_in.grab()
"""
# The peak of this program alone: what getrusage tells is inherited from the one that started it.
TOLD = """
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(peak.split()[1], flush=True); import os; os._exit(0)
"""
_practice: dict[Path, Path] = {}


def practice(folder: Path) -> Path:
    """The practice office, made once a run."""
    if folder not in _practice:
        from cbs_desktop.practice import build

        build.build(folder / "practice", "practice")
        _practice[folder] = folder / "practice"
    return _practice[folder]


def _run(program: str, office: Path) -> tuple[float, int]:
    """Seconds until it had painted, and its peak memory in KB."""
    start = time.perf_counter()
    running = subprocess.Popen(
        [sys.executable, "-c", program + TOLD, str(office)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        cwd=ROOT, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, text=True,
    )  # fmt: skip
    memory = int(running.stdout.readline())
    taken = time.perf_counter() - start
    running.wait()
    return taken, memory


def _both(
    folder: Path, times: int
) -> tuple[list[tuple[float, int]], list[tuple[float, int]]]:
    office = practice(folder)
    _run(BARE, office), _run(OURS, office)  # byte code and caches warm for both
    pairs = [(_run(BARE, office), _run(OURS, office)) for _ in range(times)]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def first_paint(folder: Path) -> Figure:
    bare, ours = _both(folder, 15)
    low = median(t for t, _ in bare)
    high = median(t for t, _ in ours)
    return Figure(
        "first paint",
        high / low,
        "x bare window",
        1.20,
        f"{high * 1000:.0f} ms, bare {low * 1000:.0f} ms",
    )


def memory(folder: Path) -> Figure:
    bare, ours = _both(folder, 5)
    low = median(m for _, m in bare)
    high = median(m for _, m in ours)
    return Figure(
        "peak memory at first paint",
        high / low,
        "x bare window",
        1.25,
        f"{high / 1024:.0f} MB, bare {low / 1024:.0f} MB",
    )


HOME = """
import sys, time
from pathlib import Path
from PySide6.QtWidgets import QApplication
app = QApplication([])
from ui import theme
theme.apply(app)
from cbs_desktop.safe import accounts
keys, roles = accounts.unlock(Path(sys.argv[1]), "coordinator", "practice")
accounts.unlock = lambda *_: (keys, roles)
from ui import warm_up
warm_up.import_all()  # as it was done beside the sign-in window, while the password was typed
start = time.perf_counter()
from cbs_desktop.office import Office
from ui.desk import Desk
from ui.main_window import MainWindow
office = Office.open(Path(sys.argv[1]), "coordinator", "practice")
desk = Desk(office)
window = MainWindow(desk)
window.open("home")
window.show()
while not desk.idle():
    app.processEvents()
app.processEvents(); window.grab()
print(round((time.perf_counter() - start) * 1000), flush=True)
import os; os._exit(0)
"""
FLOOR = """
import sys, time
from pathlib import Path
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication([])
from cbs_desktop.safe import accounts
keys, roles = accounts.unlock(Path(sys.argv[1]), "coordinator", "practice")
start = time.perf_counter()
from cbs_desktop.store import engine
link = engine.connect(Path(sys.argv[1]) / "office.db", keys.data)
count = link.execute("SELECT count(*) FROM person").fetchone()[0]
label = QLabel(str(count)); label.resize(1366, 728); label.show(); app.processEvents(); label.grab()
print(round((time.perf_counter() - start) * 1000), flush=True)
import os; os._exit(0)
"""


def _told(program: str, office: Path) -> float:
    done = subprocess.run(
        [sys.executable, "-c", program, str(office)], capture_output=True, text=True, cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, check=True,
    )  # fmt: skip
    return float(done.stdout.split()[-1])


def home_painted(folder: Path) -> Figure:
    office = practice(folder)
    pairs = [(_told(FLOOR, office), _told(HOME, office)) for _ in range(5)]
    floor = median(p[0] for p in pairs)
    ours = median(p[1] for p in pairs)
    return Figure(
        "sign-in to Home painted",
        ours / floor,
        "x raw open, one query and paint",
        1.5,
        f"{ours:.0f} ms, floor {floor:.0f} ms",
    )
