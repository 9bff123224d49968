"""In the child: the pictures in a file that somebody brings (JPEG, PNG, TIFF, WebP, or the pages of a PDF), each as darkness
in one channel."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import numpy as np
import pypdfium2
from cv2.typing import MatLike
from PIL import Image, ImageChops, ImageOps, UnidentifiedImageError
from pypdfium2.raw import FPDF_ERR_PASSWORD

from cbs_desktop.errors import Unreadable

Grey = MatLike  # 0 to 255, [down, across]

PAGES_MOST = 300
_BYTES_MOST = 200_000_000
_PIXELS_MOST = 60_000_000
_JPEG_PIXELS_MOST = 120_000_000  # opened at a half or less, it takes a quarter
_FORMATS = ("JPEG", "PNG", "TIFF", "WEBP")
_SIDE = 2_000  # pixels of the longer side: 150 dpi of a page that fills most of it
_LEAST = 200  # pixels of the shorter side: less holds no page
_DOTS = 200 / 72  # pixels of a point of a PDF


def count(path: Path) -> int:
    """How many pages or pictures a file has. Unreadable: missing, empty, locked, too large, or no picture."""
    if not path.is_file():
        raise Unreadable(file=path, kind="missing")
    size = path.stat().st_size
    if not size:
        raise Unreadable(file=path, kind="empty file")
    if size > _BYTES_MOST:
        raise Unreadable(file=path, kind="pages too big")
    if _is_pdf(path):
        with _document(path) as document:
            found = len(document)
    else:
        found = _frames(path)
    if found > PAGES_MOST:
        raise Unreadable(file=path, kind="too many pages", most=PAGES_MOST)
    return found


def pictures(path: Path, only: int | None) -> Iterator[tuple[int, Grey | None]]:
    """Number (from 1) and picture of each page, or of one; None for one that is too small to be a page."""
    if _is_pdf(path):
        yield from _pages(path, only)
        return
    for number in range(1, _frames(path) + 1):
        if only in (None, number):
            yield number, _picture(path, number)


def _is_pdf(path: Path) -> bool:
    with path.open("rb") as content:
        return b"%PDF-" in content.read(1024)


def _document(path: Path) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as problem:
        locked = getattr(problem, "err_code", None) == FPDF_ERR_PASSWORD
        kind = "locked PDF" if locked else "damaged"
        raise Unreadable(file=path, kind=kind) from problem


def _pages(path: Path, only: int | None) -> Iterator[tuple[int, Grey | None]]:
    with _document(path) as document:
        for number in range(1, len(document) + 1):
            if only in (None, number):
                yield number, _drawn(document, number, path)


def _drawn(document: pypdfium2.PdfDocument, number: int, path: Path) -> Grey | None:
    """A page of a PDF; one of many square metres is drawn smaller."""
    try:
        page = document[number - 1]
        wide, high = (max(1.0, each) for each in page.get_size())
        scale = min(_DOTS, 1.25 * _SIDE / max(wide, high))
        drawn = page.render(scale=scale).to_pil()  # pyright: ignore[reportArgumentType]
    except (pypdfium2.PdfiumError, ValueError) as problem:
        raise Unreadable(file=path, kind="damaged") from problem
    return _darkest(drawn.convert("RGB"))


def _frames(path: Path) -> int:
    with _opened(path) as image:
        return getattr(image, "n_frames", 1)


def _picture(path: Path, number: int) -> Grey | None:
    try:
        with _opened(path) as image:
            if number > 1:
                image.seek(number - 1)
            _check_size(image, path)
            return _darkest(_upright(image))
    except (OSError, ValueError, SyntaxError, EOFError) as problem:
        raise Unreadable(file=path, kind="damaged") from problem


def picture_of(content: bytes) -> Grey | None:
    """The first picture in the content of a file, as the reader sees it."""
    with Image.open(BytesIO(content), formats=_FORMATS) as image:
        return _darkest(_upright(image))


def _opened(path: Path) -> Image.Image:
    try:
        return Image.open(path, formats=_FORMATS)
    except Image.DecompressionBombError as problem:
        raise Unreadable(file=path, kind="pages too big") from problem
    except UnidentifiedImageError as problem:
        raise Unreadable(file=path, kind="no pages") from problem
    except (OSError, ValueError, SyntaxError) as problem:
        raise Unreadable(file=path, kind="damaged") from problem


def _check_size(image: Image.Image, path: Path) -> None:
    most = _JPEG_PIXELS_MOST if image.format == "JPEG" else _PIXELS_MOST
    if image.width * image.height > most:
        raise Unreadable(file=path, kind="pages too big")


def _upright(image: Image.Image) -> Image.Image:
    """In colour, as the camera was held, and no larger than is needed: a JPEG is opened at a half, a quarter or an eighth."""
    factor = max(image.size) / _SIDE
    if factor > 1:
        image.draft("RGB", (round(image.width / factor), round(image.height / factor)))
    if image.mode != "RGB":
        image = _on_white(image)
    smaller = max(image.size) // _SIDE
    if smaller > 1:
        image = image.reduce(smaller)
    ImageOps.exif_transpose(image, in_place=True)
    return image


def _on_white(image: Image.Image) -> Image.Image:
    """In colour; what one can see through is white."""
    if image.has_transparency_data:
        clear = image.convert("RGBA")
        image = Image.new("RGBA", clear.size, "white")
        image.alpha_composite(clear)
    return image.convert("RGB")


def _darkest(colours: Image.Image) -> Grey | None:
    """The darkest channel of each point: ink of any colour is dark in one of them."""
    if min(colours.size) < _LEAST:
        return None
    red, green, blue = colours.split()
    return np.asarray(ImageChops.darker(ImageChops.darker(red, green), blue))
