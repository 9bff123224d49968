"""Finding certificate codes in a picture or a PDF that somebody brings."""

from pathlib import Path
from typing import Any

from cbs_desktop.certificates.code import PREFIX
from cbs_desktop.errors import Unreadable
from cbs_desktop.paper import qr

_SCALE, _PAGES_MOST, _BYTES_MOST = 150 / 72, 2_000, 200_000_000


def find(path: Path) -> list[str]:
    """The texts of all our codes in a picture (PNG, JPEG) or PDF, page by page. Unreadable when it is neither."""
    if not path.is_file():
        raise Unreadable(file=path, kind="missing")
    if not path.stat().st_size:
        raise Unreadable(file=path, kind="empty file")
    if path.stat().st_size > _BYTES_MOST:
        raise Unreadable(file=path, kind="too big")
    with path.open("rb") as content:
        is_pdf = b"%PDF-" in content.read(1024)
    images = _pages(path) if is_pdf else [_picture(path)]
    return [text for image in images for text in qr.read(image) if text.startswith(PREFIX)]


def _picture(path: Path) -> Any:
    from PIL import Image, UnidentifiedImageError

    try:
        return Image.open(path).convert("L")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as problem:
        raise Unreadable(file=path, kind="damaged") from problem


def _pages(path: Path) -> Any:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as problem:
        raise Unreadable(file=path, kind="damaged") from problem
    try:
        for number in range(min(len(document), _PAGES_MOST)):
            yield document[number].render(scale=_SCALE, grayscale=True).to_pil()  # pyright: ignore[reportArgumentType]
    finally:
        document.close()
