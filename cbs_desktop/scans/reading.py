"""Printed pages that come back as photos, scans or PDFs: read in a child process, and what it says looked through."""

import binascii
from base64 import b64decode
from dataclasses import dataclass
from pathlib import Path

from cbs_desktop.outside import answers, reading
from cbs_desktop.outside.reading import Progress
from cbs_desktop.outside.wire import NotOurs, Plain
from cbs_desktop.scans import page_code
from cbs_desktop.scans.deciding import STATES, ReadBox
from cbs_desktop.scans.layout import PageShape
from cbs_desktop.scans.page_code import PageCode

READER = "scans"
IMAGE_DOTS = 6.0  # pixels of a millimetre on the image of a page
PROBLEMS = (
    "", "no page", "two pages", "mirrored", "cut off", "blurred", "no code", "broken code", "unknown version", "other shape",
)  # fmt: skip
_IMAGE_MOST = 2_000_000  # bytes; ours are a twentieth of it


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page of a file, `file_page` counted from 1.

    `problem` is "" or why there are no boxes (PROBLEMS; sentences in `problems.READING`). `code_text` is what its QR code says,
    also when `code` is None because it is none that this program reads. `markers` are the corner markers that were seen. `image`
    is the straightened page as a JPEG without shadows, IMAGE_DOTS pixels for a millimetre; empty when no page was found.
    """

    code: PageCode | None
    code_text: str
    problem: str
    markers: tuple[int, ...]
    boxes: tuple[ReadBox, ...]
    image: bytes
    file_page: int
    seconds: float


def read(
    path: Path,
    code: PageCode | None = None,
    file_page: int | None = None,
    progress: Progress | None = None,
) -> list[ReadPage]:
    """The pages in a file; `code` is what a person typed for page `file_page`, whose own code cannot be read.

    Unreadable when the file is no picture or PDF, is locked, damaged, too large, or takes too long.
    """
    given = page_code.text(code) if code else ""
    said = reading.read(READER, path, given, file_page, progress=progress)
    try:
        return [_page(one) for one in said]
    except (NotOurs, KeyError, TypeError, ValueError, binascii.Error) as problem:
        raise answers.stopped(path) from problem


def make_ready() -> None:
    """Start the reader while somebody chooses a file: it takes half a second."""
    reading.make_ready(READER)


def let_go() -> None:
    """End a reader that was made ready and is not needed."""
    reading.let_go(READER)


def _page(said: Plain) -> ReadPage:
    if not isinstance(said, dict):
        raise NotOurs()
    match (
        said["code"],
        said["problem"],
        said["image"],
        said["file_page"],
        said["seconds"],
    ):
        case [str(text), str(problem), str(image), int(number), float(seconds)]:
            code = page_code.parse(text)
            boxes = _boxes(said["boxes"], code.shape if code else None)
        case _:
            raise NotOurs()
    if problem not in PROBLEMS or len(image) > _IMAGE_MOST:
        raise NotOurs()
    content = b64decode(image, validate=True)
    seen = _markers(said["markers"])
    return ReadPage(code, text, problem, seen, boxes, content, number, seconds)


def _markers(said: Plain) -> tuple[int, ...]:
    if not isinstance(said, list):
        raise NotOurs()
    return tuple(number for number in said if isinstance(number, int))


def _boxes(said: Plain, shape: PageShape | None) -> tuple[ReadBox, ...]:
    """All boxes of the page, or none."""
    if not isinstance(said, list):
        raise NotOurs()
    found = tuple(_box(one) for one in said)
    if not found:
        return ()
    if shape is None or len(found) != shape.rows * shape.columns * shape.choices:
        raise NotOurs()
    expected: set[tuple[int, int, int]] = set()
    for row in range(shape.rows):
        for column in range(shape.columns):
            expected.update((row, column, choice) for choice in range(shape.choices))
    if {(box.row, box.column, box.choice) for box in found} != expected:
        raise NotOurs()
    return found


def _box(said: Plain) -> ReadBox:
    match said:
        case [int(row), int(column), int(choice), float(ink), str(state)] if (
            state in STATES
        ):
            return ReadBox(row, column, choice, ink, state)
        case _:
            raise NotOurs()
