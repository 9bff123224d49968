"""A picture that somebody brings as the logo: PNG or JPEG, small, and really a picture."""

from pathlib import Path

from PySide6.QtGui import QImage

from cbs_desktop.errors import Fault, Invalid

_MOST = 1_000_000  # bytes


def read(path: Path) -> bytes:
    """The bytes of a picture; Invalid when it is none, or too large."""
    content = path.read_bytes() if path.is_file() and path.stat().st_size <= _MOST else b""
    is_picture = content[:8] == b"\x89PNG\r\n\x1a\n" or content[:3] == b"\xff\xd8\xff"
    if not is_picture or QImage.fromData(content).isNull():
        raise Invalid([Fault("logo", "not a picture")])
    return content
