"""Where the practice office lies, and the password of everybody in it: told to whoever opens it, for nothing there is real."""

from pathlib import Path

from cbs_desktop.safe.number_log import data_home

PASSWORD = "practice"


def folder() -> Path:
    """A folder of its own in this person's data, beside that of the real office."""
    return data_home() / "practice"
