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
_WINDOW = (
    12  # a corner is looked for in a twelfth of a marker's side; a square is a sixth
)
_QUADS_LEAST = 2  # markers or codes that tell where a page lies
_FIT = 0.6  # millimetres that corners of markers may be off: one that is none of ours fits worse
_FIT_OF_CODES = (
    1.5  # the same with the corners of codes, which are told in whole pixels
)
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
    scale = min(1.0, _SMALL / max(grey.shape))
    found = _markers(grey, scale)
    if len(found) < len(CORNER_IDS):
        closer = _markers(grey, 1.0)
        if len(closer) > len(found):
            return closer
    return found


def _markers(grey: Grey, scale: float) -> dict[int, list[Points]]:
    corners, numbers, _rejected = _DETECTOR.detectMarkers(smaller(grey, scale))
    found: dict[int, list[Points]] = {}
    if numbers is None:
        return found
    for quad, number in zip(corners, numbers.ravel(), strict=True):
        (points,) = quad
        whole = (points + 0.5) / scale - 0.5  # pixels are counted by their middles
        corners_found = _refined(grey, whole.astype(np.float32))
        alike = found.setdefault(int(number), [])
        alike.append(corners_found)
    return found


def _refined(grey: Grey, corners: Points) -> Points:
    """Corners of a marker to a part of a pixel of the whole picture."""
    first, second, _third, _fourth = corners
    side = float(np.linalg.norm(first - second))
    half = max(2, round(side / _WINDOW))
    window = (half, half)
    nothing = (-1, -1)  # of the window is left out
    until = cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER
    end = (until, 20, 0.03)
    points = corners.reshape(4, 1, 2)
    found = cv2.cornerSubPix(grey, points, window, nothing, end)
    return found.reshape(4, 2).astype(np.float32)


def smaller(grey: Grey, scale: float) -> Grey:
    """A picture at a scale of up to 1."""
    if scale >= 1:
        return grey
    how = cv2.INTER_AREA
    return cv2.resize(grey, None, fx=scale, fy=scale, interpolation=how)


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
    quads = list(more)
    corners = corners_of(*paper)
    for number, points in seen.items():
        quads.append((corners[number], points))
    if len(quads) < _QUADS_LEAST:
        return None
    on_page = np.concatenate([_corners(rect) for rect, _points in quads])
    in_picture = np.concatenate([points for _rect, points in quads])
    matrix, _used = cv2.findHomography(on_page, in_picture, 0)
    if matrix is None or not _is_sound(matrix, paper):
        return None
    back = _through(np.linalg.inv(matrix), in_picture)
    off = float(np.abs(back - on_page).max())
    if off > (_FIT_OF_CODES if more else _FIT):
        return None
    numbers = tuple(sorted(seen))
    return PagePose(paper, matrix, numbers, off)


def _through(matrix: Matrix, points: Points) -> Matrix:
    """Where points come to lie."""
    (moved,) = cv2.perspectiveTransform(points[None], matrix)
    return moved


def _corners(rect: Rect) -> Points:
    corners = [
        (rect.x, rect.y),
        (rect.right, rect.y),
        (rect.right, rect.low),
        (rect.x, rect.low),
    ]
    return np.array(corners, np.float32)


def _is_sound(matrix: Matrix, paper: tuple[float, float]) -> bool:
    """Whether the page is seen from its front, whole and not from its edge."""
    sheet = _corners(Rect(0, 0, *paper))
    try:
        outline = _through(matrix, sheet)
    except cv2.error:
        return False
    if not np.isfinite(outline).all() or not cv2.isContourConvex(outline):
        return False
    return cv2.contourArea(outline, oriented=True) > 0


def straight(grey: Grey, at: PagePose, rect: Rect, dots: float) -> Grey:
    """A part of the page, straightened, `dots` pixels for a millimetre."""
    wide = round(rect.width * dots)
    high = round(rect.height * dots)
    step = 1 / dots
    to_page = np.diag([step, step, 1.0])  # pixels of the part → millimetres
    to_page[0, 2] = rect.x + step / 2
    to_page[1, 2] = rect.y + step / 2
    matrix = at.matrix @ to_page
    how = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    white = (255,)
    return cv2.warpPerspective(grey, matrix, (wide, high), flags=how, borderValue=white)


def code_at(grey: Grey, at: PagePose, rect: Rect) -> str:
    """The text of the page code in its place; "" when it cannot be read."""
    x = rect.x - _QUIET
    y = rect.y - _QUIET
    side = rect.width + 2 * _QUIET
    part = straight(grey, at, Rect(x, y, side, side), _CLEAR)
    for code in codes(part):
        return code.text
    return ""
