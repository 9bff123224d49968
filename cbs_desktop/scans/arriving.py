"""Files with pages that come back: a folder with all its pictures, one file with several pages, and one page read again with a
code that a person typed."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from cbs_desktop.errors import Unreadable
from cbs_desktop.outside.reading import Progress
from cbs_desktop.scans import reading
from cbs_desktop.scans.page_code import PageCode
from cbs_desktop.scans.reading import ReadPage

KINDS = (".jpg", ".jpeg", ".png", ".pdf", ".tif", ".tiff", ".webp")
_AT_ONCE = 1 << 20  # bytes


@dataclass(frozen=True, slots=True)
class ArrivedFile:
    """The pages of a file, and its SHA-256."""

    path: Path
    digest: str
    pages: tuple[ReadPage, ...]


def files_in(chosen: Iterable[Path]) -> list[Path]:
    """The files to be read: those that were chosen, and of a folder its pictures and PDFs by name."""
    found: list[Path] = []
    for path in chosen:
        if path.is_dir():
            for one in sorted(path.iterdir()):
                if one.suffix.lower() in KINDS and one.is_file():
                    found.append(one)
        else:
            found.append(path)
    return list(dict.fromkeys(found))


def arrive(path: Path, progress: Progress | None = None) -> ArrivedFile:
    """Read all pages of a file. Unreadable when it is none that has pages."""
    pages = reading.read(path, progress=progress)
    return ArrivedFile(path, _digest(path), tuple(pages))


def again(
    path: Path, code: PageCode, file_page: int, progress: Progress | None = None
) -> ReadPage | None:
    """One page read with a code that a person typed; None when it cannot be read so either."""
    for page in reading.read(path, code, file_page, progress=progress):
        if page.file_page == file_page and page.code == code and page.boxes:
            return page
    return None


def by_hand(page: ReadPage, code: PageCode) -> ReadPage:
    """A page of which nothing can be read, for its marks to be typed beside its picture."""
    return ReadPage(
        code=code,
        code_text=page.code_text,
        problem="",
        markers=page.markers,
        boxes=(),
        image=page.image,
        file_page=page.file_page,
        seconds=page.seconds,
    )


def _digest(path: Path) -> str:
    made = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while part := file.read(_AT_ONCE):
                made.update(part)
    except OSError as problem:
        raise Unreadable(file=path.name, kind="missing") from problem
    return made.hexdigest()
