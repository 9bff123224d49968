"""Writing what a person asked for from a command: noted, or said that it could not be."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from cbs_desktop.exports import actions
from cbs_desktop.exports.rules import Outgoing
from cbs_desktop.paper.file import save
from cbs_desktop.words import _

if TYPE_CHECKING:
    from cbs_desktop.office import Office


def write(office: "Office", what: Outgoing, files: Mapping[Path, bytes]) -> bool:
    """Write files and note that they left; whether it could be noted: an office that is only looked at notes nothing."""
    if not office.is_only_looked_at:
        office.do(actions.save_files, what, files)
        return True
    for path, content in files.items():
        save(path, content)
    return False


def not_noted() -> str:
    """What is said where nothing could be noted."""
    return _(
        "What is saved or printed now cannot be noted in the journal: this office is open to look at only. "
        "Write it down on paper."
    )
