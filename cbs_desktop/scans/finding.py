"""In the child: the page in a picture, with its code; or why there is none: cut off, mirrored, two pages, blurred."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import cv2

from cbs_desktop.scans import page_code
from cbs_desktop.scans.layout import PAPERS, VERSION, Rect, codes_of
from cbs_desktop.scans.locating import (
    PagePose,
    Points,
    QrCode,
    code_at,
    codes,
    markers,
    place,
    smaller,
)
from cbs_desktop.scans.opening import Grey
from cbs_desktop.scans.page_code import PageCode

_ENOUGH = 3  # markers that tell where a page lies
_SHARP = 12.0  # variance of the second derivative, below which nothing could be read
_LOOK = 1_000  # pixels of the longer side of a picture that is looked at for sharpness


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A page: where it lies and the text of its code ("" when it cannot be read), or the kind of problem."""

    at: PagePose | None = None
    code: str = ""
    problem: str = ""


def find(grey: Grey) -> FoundPage:
    """The page in a picture."""
    quads = markers(grey)
    if _is_twice(quads):
        return FoundPage(problem="two pages")
    for at in _poses(quads):
        found = _with_code_at(grey, at)
        if found is not None:
            return found
    seen = {number: alike[0] for number, alike in quads.items()}
    if len(markers(cv2.flip(grey, 1))) > max(1, len(seen)):
        return FoundPage(problem="mirrored")
    found = _by_codes(grey, seen)
    if found is not None:
        return found
    return FoundPage(problem=_problem(grey, seen))


def _is_twice(quads: dict[int, list[Points]]) -> bool:
    """Whether there are markers of two pages."""
    more = 0
    for alike in quads.values():
        more += len(alike) - 1
    return more > 1


def _poses(quads: dict[int, list[Points]]) -> list[PagePose]:
    """Where the page may lie by its markers, the likeliest first: by all of them when they fit, else without one, which may be
    none of ours."""
    found: list[PagePose] = []
    for some in _sets(quads):
        if len(some) >= _ENOUGH:
            found += _places(some, [])
    found.sort(key=lambda at: at.off)
    whole = [at for at in found if len(at.seen) == len(quads)]
    return whole + found


def _sets(quads: dict[int, list[Points]]) -> Iterator[dict[int, Points]]:
    """Markers that may be those of one page: one of each number; then without one of them."""
    for chosen in product(*quads.values()):
        yield dict(zip(quads, chosen, strict=True))
    for number in quads:
        others = dict(quads)
        del others[number]
        for chosen in product(*others.values()):
            yield dict(zip(others, chosen, strict=True))


def _with_code_at(grey: Grey, at: PagePose) -> FoundPage | None:
    """The page when one of its codes is read in its place."""
    for rect in codes_of(*at.paper):
        text = code_at(grey, at, rect)
        if page_code.version(text) is not None:
            return _with_code(at, text)
    return None


def _places(seen: dict[int, Points], more: list[tuple[Rect, Points]]) -> list[PagePose]:
    """Where the page may lie: upright or lying paper."""
    found: list[PagePose] = []
    for paper in PAPERS:
        at = place(seen, paper, more)
        if at is not None:
            found.append(at)
    return found


def _by_codes(grey: Grey, seen: dict[int, Points]) -> FoundPage | None:
    """By the codes, where markers are too few, or the code was not where it should be."""
    ours: list[QrCode] = []
    for code in codes(grey):
        if page_code.version(code.text) is not None:
            ours.append(code)
    texts = {code.text for code in ours}
    if len(texts) > 1 or len(ours) > 2:
        return FoundPage(problem="two pages")
    if ours and page_code.parse(ours[0].text) is None:
        return _with_code(None, ours[0].text)
    at = _by_all(seen, ours)
    if at is not None:
        return _with_code(at, ours[0].text if ours else "")
    return FoundPage(code=ours[0].text, problem="cut off") if ours else None


def _by_all(seen: dict[int, Points], ours: list[QrCode]) -> PagePose | None:
    """The place that markers and codes fit best, whichever code is which."""
    fits: list[PagePose] = []
    for paper in PAPERS:
        rects = codes_of(*paper)
        for which in product(rects, repeat=len(ours)):
            if len(set(which)) < len(ours):
                continue
            pairs = list(zip(which, [code.corners for code in ours], strict=True))
            at = place(seen, paper, pairs)
            if at is not None:
                fits.append(at)
    return min(fits, key=lambda at: at.off, default=None)


def _with_code(at: PagePose | None, text: str) -> FoundPage:
    if not text:
        return FoundPage(at, "", "no code")
    code = page_code.parse(text)
    if code is None:
        known = page_code.version(text) == VERSION
        return FoundPage(at, text, "broken code" if known else "unknown version")
    return FoundPage(at, text)


def _problem(grey: Grey, seen: dict[int, Points]) -> str:
    if seen:
        return "cut off"
    scale = min(1.0, _LOOK / max(grey.shape))
    edges = cv2.Laplacian(smaller(grey, scale), cv2.CV_32F)
    if edges.var() < _SHARP:
        return "blurred"
    return "no page"


def paper_of(code: PageCode) -> tuple[float, float]:
    """The size of the paper that a page stands on."""
    return PAPERS[0] if code.shape.columns == 1 else PAPERS[1]
