"""Finding certificate codes in a photo, a scan or a PDF that somebody brings: blurred, turned, blotted, or hostile."""

import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from cbs_desktop.certificates.code import is_code
from cbs_desktop.errors import Unreadable
from cbs_desktop.paper import qr

_QUICK = 150 / 72
_FINE = 300 / 72  # scales of a PDF page: most are read at the first
_PAGES_MOST = 2_000
_BYTES_MOST = 200_000_000
_PIXELS_MOST = 60_000_000
_SIDE = 2_600  # pixels of the longer side that the harder looks work on; a phone's photo has more than it needs
_PATIENCE = 5.0  # seconds without finding a code, after which the search ends


def find(path: Path, progress: Callable[[int, int], None] | None = None) -> list[str]:
    """The texts of all our codes in a picture (PNG, JPEG) or PDF, page by page. Unreadable when it is neither, is locked,
    too large, or takes too long. The PDF library knows one thread only, and is not used by another meanwhile: the program
    lets a child do this."""
    if not path.is_file():
        raise Unreadable(file=path, kind="missing")
    if not path.stat().st_size:
        raise Unreadable(file=path, kind="empty file")
    if path.stat().st_size > _BYTES_MOST:
        raise Unreadable(file=path, kind="picture too big")
    with path.open("rb") as content:
        is_pdf = b"%PDF-" in content.read(1024)
    if is_pdf:
        return _in_pages(path, progress)
    return in_picture(_picture(path))


def parts(path: Path, progress: Callable[[int, int], None]) -> Iterator[object]:
    """In the child: the texts, one by one."""
    yield from find(path, progress)


def in_picture(image: Any, patience: float = _PATIENCE) -> list[str]:
    """The codes of a grey picture: at a first look, and only if there are none by ever harder ones, until patience ends."""
    end = time.monotonic() + patience
    darkest, lightest = image.getextrema()
    if lightest - darkest < 16:  # an empty page
        return []
    for look in _looks(image):
        if found := _ours(look()):
            return found
        if time.monotonic() > end:
            break
    return []


def _ours(codes: list[str]) -> list[str]:
    return [text for text in codes if is_code(text)]


def _looks(image: Any) -> Iterator[Callable[[], list[str]]]:
    """Ways to look at a picture, the cheap and likely first."""
    from PIL import ImageFilter, ImageOps

    from cbs_desktop.certificates.code_repair import mended

    yield partial(qr.read, image)
    yield partial(qr.read, image, "global")
    even = ImageOps.autocontrast(_sized(image, _SIDE), cutoff=1)
    soft = even.filter(ImageFilter.GaussianBlur(1.0))
    for changed in (even, soft):
        yield partial(qr.read, changed)
        yield partial(qr.read, changed, "global")
    for changed in (even, soft):
        for part in mended(changed):
            yield partial(qr.read, part)
            yield partial(qr.read, part, "global")
    twice = _sized(even, 2 * max(even.size))
    yield partial(qr.read, twice)
    yield partial(
        qr.read,
        twice.filter(ImageFilter.UnsharpMask(radius=5, percent=180, threshold=2)),
    )
    for level in (90, 128, 160, 200):
        yield partial(qr.read, soft.point([0] * level + [255] * (256 - level)), "bool")
    for side in (1_400, 900):
        yield partial(qr.read, _sized(even, side))
    yield partial(qr.read, even.filter(ImageFilter.MedianFilter(5)))


def _sized(image: Any, side: int) -> Any:
    """The picture with a longer side of about so many pixels; never enlarged beyond 60 million pixels in all."""
    from PIL import Image

    factor = side / max(image.size)
    if side <= _SIDE and factor >= 1:
        return image
    wide, high = (max(1, round(each * factor)) for each in image.size)
    if wide * high > _PIXELS_MOST:
        return image
    return image.resize((wide, high), Image.Resampling.BICUBIC)


def _picture(path: Path) -> Any:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(path, formats=("PNG", "JPEG")) as image:
            if image.width * image.height > _PIXELS_MOST:
                raise Unreadable(file=path, kind="picture too big")
            return image.convert("L")
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombError,
    ) as problem:
        if isinstance(problem, Image.DecompressionBombError):
            kind = "picture too big"
        else:
            kind = "damaged"
        raise Unreadable(file=path, kind=kind) from problem


def _in_pages(path: Path, progress: Callable[[int, int], None] | None) -> list[str]:
    """All pages at a first look; those without a code again, finer, while patience lasts."""
    import pypdfium2

    document = _document(path)
    pages = min(len(document), _PAGES_MOST)
    found: dict[int, list[str]] = {}
    end = time.monotonic() + _PATIENCE
    try:
        for number in range(pages):
            if codes := _ours(qr.read(_page(document, number, _QUICK))):
                found[number], end = codes, time.monotonic() + _PATIENCE
            if time.monotonic() > end:
                raise Unreadable(file=path, kind="takes too long")
            if progress:
                progress(number + 1, pages)
        for number in [each for each in range(pages) if each not in found]:
            if (left := end - time.monotonic()) <= 0:
                break
            found[number] = in_picture(_page(document, number, _FINE), left)
    except (pypdfium2.PdfiumError, ValueError, MemoryError) as problem:
        raise Unreadable(file=path, kind="damaged") from problem
    finally:
        document.close()
    return [text for number in sorted(found) for text in found[number]]


def _document(path: Path) -> Any:
    import pypdfium2
    from pypdfium2.raw import FPDF_ERR_PASSWORD

    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as problem:
        locked = getattr(problem, "err_code", None) == FPDF_ERR_PASSWORD
        raise Unreadable(
            file=path, kind="locked PDF" if locked else "damaged"
        ) from problem


def _page(document: Any, number: int, scale: float) -> Any:
    """A page as a grey picture; a page of many square metres is drawn smaller."""
    page = document[number]
    wide, high = (max(1.0, each) for each in page.get_size())
    scale = min(scale, (_PIXELS_MOST / 2 / (wide * high)) ** 0.5)
    return page.render(scale=scale, grayscale=True).to_pil().convert("L")
