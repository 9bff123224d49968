"""One invented name in an office, and nowhere else: python -m tests.leak canary

Other processes register, import, search, print, save, fail and back up with the name, and are killed in the middle or end.
Afterwards the name is looked for, in every spelling that a file may have, in all that they wrote: settings, caches, the data and
temporary folders, the office's folder with its log, copies, and what they said. Only the sheet that was brought and the papers
that were asked for may hold it. `--prove` writes it where it may not be: then it must be found.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from cbs_desktop.text import fold  # noqa: E402
from tests.drills import PASSWORD, new_office, own_home  # noqa: E402

CANARY = "ZYGOMWEZI"
PHONE = "0788 987 123"
_HEAD = """
import os, sys
from datetime import date
from pathlib import Path
from cbs_desktop import rooms
from cbs_desktop.office import Office
rooms.open_all()
folder, out, name, password = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.argv[4]
def sign_in():
    office = Office.open(folder, "coordinator", password)
    print("begins", flush=True)
    return office
"""
_REGISTERS = """
from cbs_desktop.participants import actions
from cbs_desktop.participants.rules import ConsentDetails, PersonDetails
from cbs_desktop.places import queries
from cbs_desktop.drafts import actions as drafts
office = sign_in()
place = office.ask(queries.districts)[0].id
today = office.now().date()
for number in range(40):
    letter = chr(65 + number % 26)
    details = PersonDetails(name + letter, name, "F", place, born_year=1980, phone="0788 987 123", categories=("widow",))
    drafts_typed = {"own_name": name + letter, "phone": details.phone}
    office.do(drafts.keep, number + 1, "participants.register", 0, drafts_typed)
    office.do(actions.register, details, ConsentDetails(today, "oral"))
office.close()
"""
_IMPORTS = """
from cbs_desktop.cli import run
sheet = out / "brought.csv"
lines = ["Own name;Other names;Sex;Age;District;Sector;Consent date"]
lines += [f"{name}{chr(65 + n % 26)};{name};F;30;Musanze;Muhoza;2026-03-02" for n in range(3000)]
sheet.write_text("\\n".join(lines), encoding="utf-8")
os.environ["CBS_PASSWORD"] = password
print("begins", flush=True)
run(["import", str(sheet), "--office", str(folder), "--json"]) if os.fork() == 0 else os.wait()
"""
_SAVES = """
from cbs_desktop.cli import run
os.environ["CBS_PASSWORD"] = password
print("begins", flush=True)
for number in range(3):
    for ending in ("pdf", "xlsx"):
        run(["list", "--office", str(folder), "--kind", "by-sector", "--out", str(out / f"list-{number}.{ending}")])
"""
_WINDOW = """
from PySide6.QtCore import QTimer
from PySide6.QtPrintSupport import QPrinter
from ui.app import App
from ui.widgets.preview import send
from cbs_desktop.overview import list_documents
from cbs_desktop.overview.lists import ListRequest, people_list
app = App(folder)
office = sign_in()
app.enter(office)
window = app.window
def fail():
    raise ValueError("something of ours went wrong")
words = iter([each.word for each in window._destinations] * 2)
def next_place():
    for word in words:
        window.open(word)
        return
timer = QTimer()
timer.timeout.connect(next_place)
timer.start(200)
QTimer.singleShot(900, window.find_anything)
QTimer.singleShot(1500, fail)
def print_list():
    listed = office.ask(people_list, ListRequest("by-sector"))
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(out / "printed.pdf"))
    send(list_documents.pdf(listed, "Office"), printer)
    window.close()
    os._exit(0)
QTimer.singleShot(3500, print_list)
app.qt.exec()
"""
_BACKS_UP = """
from cbs_desktop.keeping import copying
from cbs_desktop.safe.copies import Why
office = sign_in()
for why in (Why.WORKING, Why.EXIT):
    copying.automatic(office, why)
office.close()
"""
WORK = {
    "registers": _REGISTERS, "imports": _IMPORTS, "saves lists": _SAVES, "works in the window": _WINDOW,
    "backs up": _BACKS_UP,
}  # fmt: skip
WORK_LEAVES = {
    "imports": "asked for/brought.csv",
    "saves lists": "asked for/list-2.xlsx",
    "works in the window": "asked for/printed.pdf",
    "backs up": "office copies*/*/office.db",
}
_PROOF = 'Path(os.environ["TMPDIR"], "left.txt").write_text(name, encoding="utf-16")\n'


def spellings(word: str) -> list[bytes]:
    """A word as files may have it."""
    found: list[bytes] = []
    for text in {word, word.lower(), word.title(), fold(word)}:
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            found.append(text.encode(encoding))
    return found


def done(place: Path, work: str, after: float, prove: bool) -> tuple[bool, bytes]:
    """Let a process do a piece of work, killed so many seconds after it began (0: never); whether it came to its end, and all
    that it said."""
    out = place / "asked for"
    out.mkdir(exist_ok=True)
    text = _HEAD + (_PROOF if prove else "") + WORK[work]
    process = subprocess.Popen(
        [sys.executable, "-c", text, str(place / "office"), str(out), CANARY, PASSWORD],
        cwd=ROOT,
        env=_environment(place),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert process.stdout
    said = process.stdout.readline()
    if after:
        time.sleep(after)
        process.send_signal(signal.SIGKILL)
    said += process.communicate()[0]
    return process.returncode == 0, said


def _has_worked(place: Path, work: str) -> bool:
    """Whether what a work leaves behind is there: one that did nothing leaks nothing."""
    left = WORK_LEAVES.get(work)
    return left is None or any(place.glob(left))


def _environment(place: Path) -> dict[str, str]:
    """Everything that a program may write by itself lies in one place."""
    made = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(place / "home")}
    for name, folder in (
        ("TMPDIR", "tmp"),
        ("XDG_CONFIG_HOME", "config"),
        ("XDG_CACHE_HOME", "cache"),
        ("XDG_RUNTIME_DIR", "run"),
        ("HOME", "home"),
    ):
        (place / folder).mkdir(exist_ok=True, mode=0o700)
        made[name] = str(place / folder)
    return made


def holding(place: Path) -> Iterator[Path]:
    """The files that hold the name or the phone, but for those that were asked for or brought."""
    wanted = [*spellings(CANARY), *spellings(PHONE), *spellings(PHONE.replace(" ", ""))]
    for file in sorted(place.rglob("*")):
        if not file.is_file() or file.is_relative_to(place / "asked for"):
            continue
        content = file.read_bytes()
        if any(word in content for word in wanted) or CANARY in file.name.upper():
            yield file.relative_to(place)


def canary(rounds: int, seed: int | None = None, prove: bool = False) -> int:
    """So many rounds of every work, the first of each to its end; how often the name was where it may not be."""
    chance = random.Random(seed)
    bad = 0
    with tempfile.TemporaryDirectory() as made_in, own_home(Path(made_in) / "data"):
        place = Path(made_in)
        new_office(place / "office")
        for number in range(rounds):
            for work in WORK:
                after = chance.uniform(0.1, 4) if number else 0
                ended, said = done(place, work, after, prove)
                if not number and not (ended and _has_worked(place, work)):
                    raise RuntimeError(f"{work}: {said.decode(errors='replace')}")
                if any(word in said for word in spellings(CANARY)):
                    print(f"round {number}, {work}: said")
                    bad += 1
                for file in holding(place):
                    print(f"round {number}, {work}: in {file}", flush=True)
                    bad += 1
    print(f"{rounds} rounds of {len(WORK)} kinds of work, found {bad} times")
    return bad


def main() -> int:
    """Run; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["canary"])
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--prove", action="store_true")
    asked = parser.parse_args()
    return int(canary(asked.rounds, asked.seed, asked.prove) > 0)


if __name__ == "__main__":
    sys.exit(main())
