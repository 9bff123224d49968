"""A questionnaire that somebody brings, read in a child process."""

from pathlib import Path

from cbs_desktop.outside import answers, reading
from cbs_desktop.outside.reading import Progress

READER = "questionnaire"


def questionnaire(path: Path, progress: Progress | None = None) -> dict[str, object]:
    """The content of an instrument file without a fault, as `instrument_files.content` gives it; Invalid names every
    fault."""
    return answers.table(reading.read(READER, path, progress=progress), path)
