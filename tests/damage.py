"""Spoilt files through opening and check: python -m tests.damage flip|truncate|older-page|rollback|foreign|all

`--n N` of each, or `--every-byte`.
Each is named by a problem in words or by a finding, or proved not to matter: the rows are the same. Never a traceback, never a
new empty database.
"""

import argparse
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from cbs_desktop import entrance, settings  # noqa: E402
from cbs_desktop.errors import OfficeProblem  # noqa: E402
from cbs_desktop.keeping.problems import say_finding  # noqa: E402
from cbs_desktop.office import Office  # noqa: E402
from cbs_desktop.problems import say  # noqa: E402
from cbs_desktop.safe import accounts  # noqa: E402
from cbs_desktop.store import engine  # noqa: E402
from cbs_desktop.store.trouble import file_problems  # noqa: E402
from tests.drills import CLOCK, PASSWORD, need, new_office, opened, own_home, row_hashes  # noqa: E402

PAGE = 4096
Spoilt = tuple[str, dict[str, bytes | None]]  # what was done, and the files then


class Subject:
    """An office that is spoilt again and again, as it was before each time."""

    def __init__(self, place: Path) -> None:
        self.folder = new_office(place / "office")
        self.older = (self.folder / engine.FILE).read_bytes()
        self.older_head = (self.folder / "office.head").read_bytes()
        office = opened(self.folder)
        for n in range(30):
            office.do(settings.set_value, "office", f"name {n}")
        self.rows = row_hashes(office)
        office.close()
        self.opened = accounts.open_slot(self.folder, "coordinator", PASSWORD)
        self.home = place / "home"
        self.files = {file.name: file.read_bytes() for file in self.folder.iterdir()}
        self.database = self.files[engine.FILE]
        shutil.copytree(self.home, place / "home as it was")

    def spoil(self, files: dict[str, bytes | None]) -> None:
        """Everything as it was, but for these."""
        for file in self.folder.iterdir():
            file.unlink()
        for name, content in {**self.files, **files}.items():
            if content is not None:
                (self.folder / name).write_bytes(content)
        shutil.rmtree(self.home)
        shutil.copytree(self.home.with_name("home as it was"), self.home)

    def sign_in(self) -> Office:
        """As `Office.open`, with the password tried once for all."""
        file = self.folder / engine.FILE
        with file_problems(self.folder):
            keys = entrance.fitting(file, self.opened)
        return Office._opened(self.folder, "coordinator", keys, CLOCK, self.opened)[0]

    def verdict(self, files: dict[str, bytes | None]) -> str:
        """What people are told of it: the kind of problem or finding, or `unused`. AssertionError."""
        self.spoil(files)
        there = files.get(engine.FILE, self.database)
        try:
            office = self.sign_in()
        except OfficeProblem as problem:
            said = say(problem)
            need(bool(said.what and (said.safe or said.todo)), f"{problem} says little")
            file = self.folder / engine.FILE
            now = file.read_bytes() if file.exists() else None
            need(now == there, "the file was changed by opening it")
            return type(problem).__name__
        try:
            found = office.check().findings
            for finding in found:
                need(bool(say_finding(finding).todo), f"{finding.kind} says little")
            if found:
                return found[0].kind
            need(row_hashes(office) == self.rows, "wrong data were shown as right")
            return "unused"
        finally:
            office.close(tidy=False)


def flip(subject: Subject, rng: Random, count: int) -> Iterator[Spoilt]:
    """One bit of one byte."""
    size = len(subject.database)
    places = range(size) if count >= size else sorted(rng.sample(range(size), count))
    for place in places:
        content = bytearray(subject.database)
        content[place] ^= 1 << rng.randrange(8)
        yield f"byte {place}", {engine.FILE: bytes(content)}


def truncate(subject: Subject, rng: Random, count: int) -> Iterator[Spoilt]:
    """Cut at its end: by a page, in half, somewhere, to nothing."""
    size = len(subject.database)
    sizes = [0, 1, 15, 16, 100, PAGE, size // 2, size - PAGE, size - 1]
    for left in sizes + [rng.randrange(size) for _ in range(count)]:
        yield f"cut to {left}", {engine.FILE: subject.database[:left]}


def older_page(subject: Subject, rng: Random, count: int) -> Iterator[Spoilt]:
    """A page as it was before: its HMAC is right."""
    pages = min(len(subject.older), len(subject.database)) // PAGE
    differing = []
    for page in range(1, pages):
        where = slice(page * PAGE, (page + 1) * PAGE)
        if subject.older[where] != subject.database[where]:
            differing.append(where)
    for where in rng.sample(differing, min(count, len(differing))):
        content = bytearray(subject.database)
        content[where] = subject.older[where]
        yield f"page {where.start // PAGE}", {engine.FILE: bytes(content)}


def rollback(subject: Subject, _rng: Random, _count: int) -> Iterator[Spoilt]:
    """The whole file as it was before, alone and with its end of the journal."""
    yield "older file", {engine.FILE: subject.older}
    both = {engine.FILE: subject.older, "office.head": subject.older_head}
    yield "older file and end", both
    yield "no end", {"office.head": None}
    yield "no end, older file", {engine.FILE: subject.older, "office.head": None}


def foreign(subject: Subject, rng: Random, _count: int) -> Iterator[Spoilt]:
    """Files that are not this office's."""
    other = new_office(subject.folder.with_name("other"))
    yield "another office", {engine.FILE: (other / engine.FILE).read_bytes()}
    yield "plain SQLite", {engine.FILE: b"SQLite format 3\x00" + bytes(PAGE)}
    yield "random", {engine.FILE: rng.randbytes(20 * PAGE)}
    yield "text", {engine.FILE: b"name;sector\r\n" * 1000}
    yield "gone", {engine.FILE: None}
    yield "no salt", {engine.FILE: rng.randbytes(2 * PAGE), "office.salt": None}


KINDS: dict[str, Callable[[Subject, Random, int], Iterator[Spoilt]]] = {
    "flip": flip,
    "truncate": truncate,
    "older-page": older_page,
    "rollback": rollback,
    "foreign": foreign,
}
MATTERS_ALWAYS = ("truncate", "older-page", "rollback", "foreign")


def run(kind: str, place: Path, count: int, seed: int = 1) -> Counter[str]:
    """How often each verdict was given. AssertionError with what was spoilt, where it was not named."""
    found: Counter[str] = Counter()
    with own_home(place / "home"):
        subject = Subject(place)
        for what, files in KINDS[kind](subject, Random(seed), count):
            try:
                said = subject.verdict(files)
            except AssertionError as problem:
                raise AssertionError(f"{kind}, {what}: {problem}") from problem
            except Exception as problem:
                raise AssertionError(f"{kind}, {what}: a traceback") from problem
            is_all_right = said != "unused" or kind not in MATTERS_ALWAYS
            need(is_all_right, f"{kind}, {what}: not named")
            found[said] += 1
    return found


def main() -> int:
    """Run one kind or all; the exit code."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("kind", choices=[*KINDS, "all"])
    asked.add_argument("--n", type=int, default=60)
    asked.add_argument("--every-byte", action="store_true")
    asked.add_argument("--seed", type=int, default=1)
    wanted = asked.parse_args()
    count = sys.maxsize if wanted.every_byte else wanted.n
    for kind in KINDS if wanted.kind == "all" else [wanted.kind]:
        with tempfile.TemporaryDirectory() as place:
            found = run(kind, Path(place), count, wanted.seed)
        print(f"{kind}: {found.total()} spoilt, {dict(found)}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
