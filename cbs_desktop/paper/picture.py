"""Pictures that people bring: looked at before they are opened, and kept as a small clean copy without anything hidden in it."""

import binascii
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps

from cbs_desktop.errors import Fault, Invalid, Unreadable
from cbs_desktop.outside.wire import NotOurs

BYTES_MOST = 5_000_000
_POINTS_MOST = (
    25_000_000  # of a picture before it is made smaller: 100 MB while it is opened
)
_SIDE = 800  # pixels of the copy: 60 mm at 340 dpi
_SMALL = 150_000  # bytes of a copy that is kept without loss
_SIGNS = {b"\x89PNG\r\n\x1a\n": "PNG", b"\xff\xd8\xff": "JPEG"}


def clean(content: bytes) -> bytes:
    """The picture as a PNG or JPEG of at most 800 pixels on white: no transparency, no profile, nothing but the picture.

    Invalid (field logos) for another kind, a broken one, and one too large to open.
    """
    return _saved(_opened(content))


def _opened(content: bytes) -> Image.Image:
    if len(content) > BYTES_MOST:
        raise Invalid(
            [Fault("logos", "picture too big", {"most": BYTES_MOST // 1_000_000})]
        )
    kind = next(
        (kind for sign, kind in _SIGNS.items() if content.startswith(sign)), None
    )
    if kind is None:
        raise Invalid(
            [
                Fault(
                    "logos",
                    "drawing" if b"<svg" in content[:2000].lower() else "not a picture",
                )
            ]
        )
    try:
        with Image.open(
            BytesIO(content), formats=(kind,)
        ) as picture:  # reads the head, not yet the points
            if picture.width * picture.height > _POINTS_MOST:
                raise _too_many()
            picture.draft(
                "RGB", (_SIDE, _SIDE)
            )  # a JPEG is opened no larger than it is needed
            return _on_white(ImageOps.exif_transpose(picture))
    except Image.DecompressionBombError:
        raise _too_many() from None
    except (OSError, ValueError, SyntaxError) as problem:
        raise Invalid([Fault("logos", "not a picture")]) from problem


def _too_many() -> Invalid:
    return Invalid(
        [Fault("logos", "too many points", {"most": _POINTS_MOST // 1_000_000})]
    )


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I"):  # 16 bits a point
        picture = picture.convert("I").point(lambda value: value / 257).convert("L")
    clear = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    picture = picture.convert("RGBA" if clear else "RGB")
    picture.thumbnail((_SIDE, _SIDE))
    if clear:
        ground = Image.new("RGBA", picture.size, "white")
        ground.alpha_composite(picture)
        picture = ground.convert("RGB")
    return picture


def _saved(picture: Image.Image) -> bytes:
    """Drawings without loss; photographs, which would be large so, as JPEG."""
    plain = Image.frombytes(
        "RGB", picture.size, picture.tobytes()
    )  # without what else stood in the file
    exact = BytesIO()
    small = BytesIO()
    plain.save(exact, "PNG", optimize=True)
    if exact.tell() <= _SMALL:
        return exact.getvalue()
    plain.save(small, "JPEG", quality=88)
    return small.getvalue()


def text(content: bytes) -> str:
    """A picture as settings keep it."""
    return _kept(clean(content))


def _kept(clean_picture: bytes) -> str:
    return b64encode(clean_picture).decode()


def parts(path: Path, progress: Callable[[int, int], None]) -> Iterator[object]:
    """In the child: width, height, and the points as they are, so that the program opens no picture that comes from it."""
    try:
        with path.open("rb") as file:  # no more than it may have, however large it is
            content = file.read(BYTES_MOST + 1)
    except OSError as problem:
        raise Unreadable(file=path.name, kind="missing") from problem
    picture = _opened(content)
    yield [*picture.size, b64encode(picture.tobytes()).decode()]


def of_points(size: tuple[int, int], points: bytes) -> str:
    """A picture as settings keep it, from its points of three bytes. ValueError when they are not so many, or too many."""
    if not all(0 < side <= _SIDE for side in size):
        raise NotOurs()
    return _kept(_saved(Image.frombytes("RGB", size, points)))


def again(kept: str) -> str:
    """A kept picture looked at once more: what comes through the door is not trusted to be one of ours."""
    try:
        return text(b64decode(kept, validate=True))
    except binascii.Error as problem:
        raise Invalid([Fault("logos", "not a picture")]) from problem
