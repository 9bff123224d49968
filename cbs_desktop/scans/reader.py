"""In the child: what stands on printed pages that come back as photos, scans or PDFs."""

import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

import cv2
import numpy as np

from cbs_desktop.scans import alignment, opening, page_code
from cbs_desktop.scans.darkness import Darkness, darkness
from cbs_desktop.scans.finding import FoundPage, find, paper_of
from cbs_desktop.scans.ink import ink
from cbs_desktop.scans.layout import Rect, page_layout
from cbs_desktop.scans.locating import straight
from cbs_desktop.scans.opening import Grey
from cbs_desktop.scans.page_code import PageCode
from cbs_desktop.scans.verdicts import BoxInk, states

cv2.setNumThreads(1)  # old computers have other things to do
_IMAGE_MOST = 100_000  # bytes
_QUALITIES = (45, 25, 12)
_GRAIN = (
    0.06  # darkness that is shown as white: the grain of paper and camera fills a file
)


def parts(
    path: Path, typed: str, only: int | None, progress: Callable[[int, int], None]
) -> Iterator[object]:
    """Each page as `reading.read` takes it. `typed` is the text of a page code that a person gives, for page `only`."""
    total = opening.count(path)
    for number, picture in opening.pictures(path, only):
        start = time.perf_counter()
        told = page(picture, page_code.parse(typed))
        told["file_page"] = number
        told["seconds"] = time.perf_counter() - start
        progress(number, total)
        yield told


def page(picture: Grey | None, given: PageCode | None) -> dict[str, object]:
    """What stands on a page; its code is `given` where nobody but a person can read it."""
    if picture is None:
        return _told(FoundPage(problem="no page"))
    found = find(picture)
    code = page_code.parse(found.code) or given
    if found.at is None:
        return _told(found)
    sheet = straight(picture, found.at, Rect(0, 0, *found.at.paper), alignment.DOTS)
    dark = darkness(sheet, alignment.DOTS)
    told = _told(found)
    told["image"] = _image(dark)
    if code is None or found.problem not in ("", "no code"):
        return told
    if paper_of(code) != found.at.paper:
        told["problem"] = "other shape"
        return told
    told["code"] = page_code.text(code)
    told["problem"] = ""
    told["boxes"] = _boxes(dark, code)
    return told


def _told(found: FoundPage) -> dict[str, object]:
    seen = list(found.at.seen) if found.at else []
    return {
        "code": found.code,
        "problem": found.problem,
        "markers": seen,
        "boxes": [],
        "image": "",
    }


def _boxes(dark: Darkness, code: PageCode) -> list[list[object]]:
    """Row, column, choice, ink and state of each box."""
    layout = page_layout(code.shape)
    sheet = alignment.with_margin(dark)
    seen = ink(sheet, layout, alignment.frames(sheet, layout))
    cells = _cells(seen, code.shape.choices)
    verdicts = chain.from_iterable(states(cells))
    found: list[list[object]] = []
    for box, one, state in zip(layout.boxes, seen, verdicts, strict=True):
        covered = round(one.inside, 4)
        where = [box.row, box.column, box.choice]
        found.append([*where, min(1.0, covered), state])
    return found


def _cells(seen: list[BoxInk], choices: int) -> list[list[BoxInk]]:
    """The boxes of each answer."""
    cells: list[list[BoxInk]] = []
    for first in range(0, len(seen), choices):
        end = first + choices
        cells.append(seen[first:end])
    return cells


def _image(dark: Darkness) -> str:
    """The page as it was seen, without shadows, as a JPEG in base 64."""
    clean = np.maximum(dark - _GRAIN, 0) / (1 - _GRAIN)
    shown = (255 * (1 - clean)).astype(np.uint8)
    content = b""
    for quality in _QUALITIES:
        _done, packed = cv2.imencode(".jpg", shown, [cv2.IMWRITE_JPEG_QUALITY, quality])
        content = packed.tobytes()
        if len(content) <= _IMAGE_MOST:
            break
    return b64encode(content).decode("ascii")
