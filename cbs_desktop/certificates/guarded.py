"""What somebody brings to be checked, read in a child process: pictures and PDFs with codes, and lists for checking."""

from pathlib import Path

from cbs_desktop.outside import answers, reading
from cbs_desktop.outside.reading import Progress

_LETTERS_MOST = 10_000  # of a code, whatever a picture says


def codes(path: Path, progress: Progress | None = None) -> list[str]:
    """The texts of all our codes in a file, as `code_reader.find` gives them."""
    found = answers.texts(reading.read("codes", path, progress=progress), path)
    if any(len(text) > _LETTERS_MOST for text in found):
        raise answers.stopped(path)
    return found


def check_list(path: Path, progress: Progress | None = None) -> str:
    """The text of a list that `trust_list.read` can read."""
    found = answers.texts(reading.read("check list", path, progress=progress), path)
    return "".join(found)
