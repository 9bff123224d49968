"""A logo that somebody brings, opened in a child process: the program takes points from it, never a picture's file."""

import binascii
from base64 import b64decode
from pathlib import Path

from cbs_desktop.outside import answers, reading
from cbs_desktop.outside.reading import Progress
from cbs_desktop.outside.wire import NotOurs, Plain
from cbs_desktop.paper import picture


def logo(path: Path, progress: Progress | None = None) -> str:
    """The picture as settings keep it; Invalid (field logos) when it cannot be used."""
    said = reading.read("logo", path, progress=progress)
    try:
        return picture.of_points(*_points(said))
    except (ValueError, binascii.Error) as problem:
        raise answers.stopped(path) from problem


def _points(said: list[Plain]) -> tuple[tuple[int, int], bytes]:
    match said:
        case [[int(wide), int(high), str(points)]]:
            return (wide, high), b64decode(points, validate=True)
        case _:
            raise NotOurs()
