"""The hostile files: those written on purpose, then good ones of each kind with changes drawn from a seed."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from random import Random

from tests.hostile import books, ole, pdfs, pictures, texts

WRITTEN = {
    "xlsx": books.XLSX,
    "ods": books.ODS,
    "xls": ole.XLS | {f"page-{key}": make for key, make in texts.PAGES.items()},
    "csv": texts.TABLES,
    "toml": texts.TOML,
    "json": texts.JSON,
    "png": pictures.PNG,
    "jpg": pictures.JPEG,
    "pdf": pdfs.PDF,
}
GOOD = {
    "xlsx": lambda: books.GOOD,
    "ods": lambda: books.GOOD_ODS,
    "xls": ole.good,
    "csv": lambda: texts.GOOD_CSV.encode(),
    "toml": lambda: texts.good_toml().encode(),
    "json": lambda: texts.GOOD_JSON.encode(),
    "png": pictures.good_png,
    "jpg": pictures.good_jpeg,
    "pdf": pdfs.good,
}
# the first of them: what each wall is for
SHORT = (
    "far-cell.xlsx", "beyond.xlsx", "merge-all.xlsx", "directory-lies.xlsx", "laughs-strings.xlsx", "outside-strings.xlsx",
    "deep.xlsx", "numbers.xlsx", "both-2-30.ods", "laughs.ods", "fat-circle.xls", "difat-circle.xls", "page-colspan.xls",
    "nul.csv", "long-digits.csv", "utf-16-odd.csv", "deep-lists.toml", "days.toml", "marks.toml", "deep-lists.json",
    "infinite.json", "half-letter.json", "30000.png", "broken-sums.png", "text-bomb.png", "65535.jpg", "cut.jpg",
    "tree-circle.pdf", "xref-circle.pdf", "cut.pdf",
)  # fmt: skip


@dataclass(frozen=True)
class HostileFile:
    """A file: its name ends as its kind."""

    name: str
    content: bytes

    @property
    def kind(self) -> str:
        return self.name.rpartition(".")[2]


def names() -> list[str]:
    """The files that were written on purpose."""
    return [f"{what}.{kind}" for kind, made in WRITTEN.items() for what in made]


def written(name: str) -> HostileFile:
    """One of them."""
    what, _dot, kind = name.rpartition(".")
    content = WRITTEN[kind][what]()
    return HostileFile(name, content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content)  # fmt: skip


def files(count: int, seed: int, only: str = "") -> Iterator[HostileFile]:
    """All that were written (with `only` in their names), then as many changed ones as there are to be in all."""
    every = names()
    yield from map(written, [name for name in every if only in name])
    yield from changed_files(count - len(every), seed)


def changed_files(count: int, seed: int) -> Iterator[HostileFile]:
    """Good files of each kind in turn, each with one change."""
    rng = Random(seed)
    kinds = list(GOOD)
    for number in range(count):
        yield changed(kinds[number % len(kinds)], number, rng)


def changed(kind: str, number: int, rng: Random) -> HostileFile:
    """A good file with flipped bits, a piece cut out, doubled, or taken from another kind."""
    content = bytearray(_good(kind))
    how = rng.choice(("flip", "flip", "flip", "cut", "double", "zero", "other"))
    at, to = sorted(rng.randrange(len(content)) for _ in range(2))
    if how == "flip":
        for _ in range(rng.choice((1, 4, 32))):
            content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
    elif how == "cut":
        del content[at:to]
    elif how == "double":
        content[at:at] = content[at:to]
    elif how == "zero":
        content[at:to] = bytes(to - at)
    else:
        content[at:to] = _good(rng.choice(list(GOOD)))[at:to]
    return HostileFile(f"{how}-{number}.{kind}", bytes(content))


@cache
def _good(kind: str) -> bytes:
    return GOOD[kind]()
