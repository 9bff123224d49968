"""In the child: where a page lies in a picture, by its corner markers and its code."""

from dataclasses import dataclass

import cv2
import numpy as np
import zxingcpp
from cv2.typing import MatLike
from numpy.typing import NDArray

from cbs_desktop.scans.layout import CORNER_IDS, Rect, corners_of
from cbs_desktop.scans.opening import Grey

Points = NDArray[np.float32]  # n × 2, (x, y)
Matrix = MatLike  # 3 × 3, millimetres of the page → pixels of the picture

_SMALL = 1_200  # pixels of the longer side at the first look
_FIT = 2.5  # millimetres that a corner may be off: paper curls
_CLEAR = 8.0  # pixels of a millimetre at which a code is read
_QUIET = 3.0  # millimetres of white that are taken with a code


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code in the picture: its text and its corners, upper left first, clockwise."""

    text: str
    corners: Points


@dataclass(frozen=True, slots=True)
class PagePose:
    """Where a page lies: `paper` is (width, height) in millimetres, `seen` the markers by number."""

    paper: tuple[float, float]
    matrix: Matrix
    seen: tuple[int, ...]
    off: float  # millimetres by which the markers miss their places


def _detector() -> cv2.aruco.ArucoDetector:
    """Looks for our four markers only: the fewer there are, the less is taken for one."""
    known = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_50)
    ours = cv2.aruco.Dictionary(known.bytesList[: len(CORNER_IDS)], 4, 1)
    how = cv2.aruco.DetectorParameters()
    how.cornerRefinementMethod = cv2.aruco.CORNER_REFINE_SUBPIX
    how.minMarkerPerimeterRate = 0.02
    how.maxMarkerPerimeterRate = 0.6
    how.adaptiveThreshWinSizeMin = 5
    how.adaptiveThreshWinSizeMax = 29
    how.adaptiveThreshWinSizeStep = 12
    return cv2.aruco.ArucoDetector(ours, how)


_DETECTOR = _detector()


def markers(grey: Grey) -> dict[int, list[Points]]:
    """The markers in a picture: at a first look in a smaller one, then in the whole."""
    found = _markers(grey, min(1.0, _SMALL / max(grey.shape)))
    if len(found) < len(CORNER_IDS):
        closer = _markers(grey, 1.0)
        if len(closer) > len(found):
            return closer
    return found


def _markers(grey: Grey, scale: float) -> dict[int, list[Points]]:
    image = grey
    if scale < 1:
        image = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    corners, numbers, _rejected = _DETECTOR.detectMarkers(image)
    found: dict[int, list[Points]] = {}
    if numbers is None:
        return found
    for quad, number in zip(corners, numbers.ravel(), strict=True):
        points = (quad.reshape(4, 2) + 0.5) / scale - 0.5
        found.setdefault(int(number), []).append(points.astype(np.float32))
    return found


def codes(grey: Grey) -> list[QrCode]:
    """The QR codes of a picture."""
    only = zxingcpp.BarcodeFormat.QRCode
    found: list[QrCode] = []
    for code in zxingcpp.read_barcodes(grey, formats=only):  # pyright: ignore[reportArgumentType]
        at = code.position
        corners = (at.top_left, at.top_right, at.bottom_right, at.bottom_left)
        points = np.array([(each.x, each.y) for each in corners], np.float32)
        found.append(QrCode(code.text, points))
    return found


def place(
    seen: dict[int, Points], paper: tuple[float, float], more: list[tuple[Rect, Points]]
) -> PagePose | None:
    """Where a page of this paper lies by its markers, and by `more` quads whose place on it is known; None when they do not
    fit together, or are too few."""
    corners = corners_of(*paper)
    quads = [(corners[number], points) for number, points in seen.items()] + more
    if len(quads) < 2:
        return None
    on_page = np.concatenate([_corners(rect) for rect, _ in quads])
    in_picture = np.concatenate([points for _, points in quads])
    matrix, _ = cv2.findHomography(on_page, in_picture, 0)
    if matrix is None or not _is_sound(matrix, paper):
        return None
    back = cv2.perspectiveTransform(in_picture[None], np.linalg.inv(matrix))[0]
    off = float(np.abs(back - on_page).max())
    if off > _FIT:
        return None
    return PagePose(paper, matrix, tuple(sorted(seen)), off)


def _corners(rect: Rect) -> Points:
    left, top = rect.x, rect.y
    right, low = left + rect.width, top + rect.height
    return np.array(
        [(left, top), (right, top), (right, low), (left, low)], dtype=np.float32
    )


def _is_sound(matrix: Matrix, paper: tuple[float, float]) -> bool:
    """Whether the page is seen from its front, whole and not from its edge."""
    sheet = _corners(Rect(0, 0, *paper))[None]
    try:
        outline = cv2.perspectiveTransform(sheet, matrix)[0]
    except cv2.error:
        return False
    if not np.isfinite(outline).all() or not cv2.isContourConvex(outline):
        return False
    return cv2.contourArea(outline, oriented=True) > 0


def straight(grey: Grey, at: PagePose, rect: Rect, dots: float) -> Grey:
    """A part of the page, straightened, `dots` pixels for a millimetre."""
    size = (round(rect.width * dots), round(rect.height * dots))
    scale = np.array(
        [[1 / dots, 0, rect.x + 0.5 / dots], [0, 1 / dots, rect.y + 0.5 / dots], [0, 0, 1]]
    )  # fmt: skip
    how = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return cv2.warpPerspective(
        grey, at.matrix @ scale, size, flags=how, borderValue=(255,)
    )


def code_at(grey: Grey, at: PagePose, rect: Rect) -> str:
    """The text of the page code in its place; "" when it cannot be read."""
    around = Rect(
        rect.x - _QUIET, rect.y - _QUIET, rect.width + 2 * _QUIET, rect.height + 2 * _QUIET
    )  # fmt: skip
    for code in codes(straight(grey, at, around, _CLEAR)):
        return code.text
    return ""
