"""In the child: the page in a picture, with its code; or why there is none: cut off, mirrored, two pages, blurred."""

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
    seen = {number: points[0] for number, points in quads.items()}
    if len(seen) >= _ENOUGH:
        found = _by_markers(grey, seen)
        if found is not None:
            return found
    if len(markers(cv2.flip(grey, 1))) > max(1, len(seen)):
        return FoundPage(problem="mirrored")
    found = _by_codes(grey, seen)
    if found is not None:
        return found
    return FoundPage(problem=_problem(grey, seen))


def _is_twice(quads: dict[int, list[Points]]) -> bool:
    """Whether there are markers of two pages."""
    return sum(len(points) - 1 for points in quads.values()) > 1


def _by_markers(grey: Grey, seen: dict[int, Points]) -> FoundPage | None:
    places = _places(seen, [])
    for at in places:
        for rect in codes_of(*at.paper):
            text = code_at(grey, at, rect)
            if page_code.version(text) is not None:
                return _with_code(at, text)
    return None


def _places(seen: dict[int, Points], more: list[tuple[Rect, Points]]) -> list[PagePose]:
    """Where the page may lie: upright or lying paper, the likelier first."""
    found: list[PagePose] = []
    for paper in PAPERS:
        at = place(seen, paper, more)
        if at is not None:
            found.append(at)
    return sorted(found, key=lambda at: at.off)


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
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    if cv2.Laplacian(small, cv2.CV_32F).var() < _SHARP:
        return "blurred"
    return "no page"


def paper_of(code: PageCode) -> tuple[float, float]:
    """The size of the paper that a page stands on."""
    return PAPERS[0] if code.shape.columns == 1 else PAPERS[1]
