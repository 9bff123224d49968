"""Back up under load, destroy, restore, compare: python -m tests.backup drill --n 20"""

import argparse
import shutil
import sys
import tempfile
import threading
import time
from datetime import date
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from cbs_desktop import settings  # noqa: E402
from cbs_desktop.keeping import restoring  # noqa: E402
from cbs_desktop.office import Office  # noqa: E402
from cbs_desktop.participants import actions as participants  # noqa: E402
from cbs_desktop.participants import importing  # noqa: E402
from cbs_desktop.safe.copies import Why  # noqa: E402
from tests.drills import PASSWORD, Rows, need, new_office, opened, own_home, row_hashes  # noqa: E402

# what a restore itself writes: the laptop, the note in journal and settings, how far ids and indexes went
WRITTEN = {"laptop", "act", "entry", "setting"}
_DAY = date(2026, 3, 2)


class Load(threading.Thread):
    """Somebody who works without a pause."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.office = office
        self.acts = 0
        self.stopped = threading.Event()

    def run(self) -> None:
        """People and names, one act after the other."""
        while not self.stopped.is_set():
            self.acts += 1
            if self.acts % 5:
                name = f"name {self.acts}"
                self.office.do(settings.set_value, "office", name)
            else:
                self.office.do(participants.import_people, _people(self.acts))


def _people(number: int):
    head = ("Own name", "Other names", "Sex", "Age", "District", "Sector", "Consent date")  # fmt: skip
    rows = []
    for n in range(10):
        name = "PERSON" + "".join(chr(65 + int(digit)) for digit in f"{number}{n}")
        rows.append((name, "Ineza", "FM"[n % 2], 30, "Musanze", "Muhoza", _DAY))
    return importing.read(rows, importing.guess(head), 2, _DAY)


def under_load(folder: Path, into: Path, rng: Random) -> tuple[Path, int, Rows]:
    """A copy in the middle of work, and another at its end with the rows of then. Gives the first, its acts, the rows."""
    office = opened(folder)
    load = Load(office)
    load.start()
    time.sleep(rng.uniform(0.05, 0.4))
    before = load.acts
    first = office.copy(into / "middle", Why.WORKING)
    worked = load.acts - before
    load.stopped.set()
    load.join()
    need(worked > 0, "nobody could work while the copy was made")
    acts = int(str(first["acts"]))
    with office._reader.connect() as link:
        wanted = _link(link, acts)
    office.copy(into / "end", Why.EXIT)
    rows = row_hashes(office)
    office.close()
    middle = Path(str(first["folder"]))
    _compare_middle(middle, folder, acts, wanted, into)
    return next((into / "end").iterdir()), acts, rows


def _link(link, act: int) -> str:
    return link.exec_driver_sql(
        "SELECT hex(link) FROM act WHERE id = ?", (act,)
    ).scalar()


def _compare_middle(
    copy: Path, folder: Path, acts: int, wanted: str, into: Path
) -> None:
    """The copy made under load holds all up to its last act: chain, rows against the journal, and the journal's end."""
    found = restoring.rehearse(copy, folder, "coordinator", PASSWORD)
    need(found.checked.well and found.acts == acts, f"{found.checked.kinds()}")
    restoring.restore(copy, into / "restored", "coordinator", PASSWORD)
    again = opened(into / "restored")
    with again._reader.connect() as link:
        need(_link(link, acts) == wanted, "the journal ends otherwise")
    again.close()


def destroy(folder: Path, rng: Random) -> None:
    """What happens to laptops."""
    how = rng.choice(("gone", "cut", "overwritten", "empty"))
    file = folder / "office.db"
    if how == "gone":
        shutil.rmtree(folder)
    elif how == "cut":
        with file.open("r+b") as opened_file:
            opened_file.truncate(file.stat().st_size // 2)
    elif how == "overwritten":
        file.write_bytes(rng.randbytes(file.stat().st_size))
    else:
        file.write_bytes(b"")


def drill(place: Path, seed: int) -> None:
    """One round. AssertionError with what differs."""
    rng = Random(seed)
    folder = new_office(place / "office")
    copy, _acts, rows = under_load(folder, place / "usb", rng)
    destroy(folder, rng)
    checked = restoring.restore(copy, folder, "coordinator", PASSWORD)
    need(checked.well, f"{checked.kinds()}")
    again = opened(folder)
    need(again.found_at_start == (), "the journal's end is doubted")
    restored = row_hashes(again)
    again.close()
    for table, wanted in rows.items():
        if table in WRITTEN:
            counted = int(table == "setting")  # the sign-ins, one more by now
            lost = len(wanted - restored[table])
            need(lost <= counted, f"rows of {table} are missing")
        else:
            need(wanted == restored[table], f"{table} differs")


def main() -> int:
    """Run; the exit code."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("what", choices=["drill"])
    asked.add_argument("--n", type=int, default=20)
    wanted = asked.parse_args()
    good = 0
    for n in range(wanted.n):
        with tempfile.TemporaryDirectory() as place, own_home(Path(place) / "home"):
            try:
                drill(Path(place), n)
                good += 1
            except AssertionError as problem:
                print(f"round {n}: {problem}", flush=True)
    print(f"{good} of {wanted.n} restored, rows and journal as they were")
    return 0 if good == wanted.n else 1


if __name__ == "__main__":
    sys.exit(main())
