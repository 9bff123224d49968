"""Which known copies still hold somebody who was erased, until when the automatic ones are kept, and destroying them."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cbs_desktop.keeping import copying
from cbs_desktop.keeping.rules import KEPT_LONGEST
from cbs_desktop.rights import actions, queries
from cbs_desktop.safe import copies
from cbs_desktop.safe.copies import Copy, Why

if TYPE_CHECKING:
    from cbs_desktop.office import Office


@dataclass(frozen=True, slots=True)
class HoldingCopy:
    """A copy that may still hold people who have been erased. `until` is the day by which an automatic one is thinned at
    the latest; None where somebody has to destroy it. `name` is that of its folder or file."""

    path: Path
    made: date
    name: str
    until: date | None


def holding(office: "Office") -> list[HoldingCopy]:
    """The copies beside the office, on sticks that are in, put aside by a restore, or of before an upgrade, that were made
    before the last erasure; none where nobody was erased."""
    act = office.ask(queries.last_erasure)
    if not act:
        return []
    found: dict[Path, HoldingCopy] = {}
    for place in _places(office):
        for copy in copying.lying_in(office, place):
            if copy.folder != office.folder and _may_hold(office, copy, act):
                found[copy.folder] = _told(copy)
    for file in sorted(office.folder.glob("before-upgrade-*.db")):
        made = datetime.fromtimestamp(file.stat().st_mtime, UTC).date()
        found[file] = HoldingCopy(file, made, file.name, None)
    return list(found.values())


def _places(office: "Office") -> list[Path]:
    """Where copies are known to lie: beside, aside, sticks."""
    folder = office.folder
    aside = sorted(folder.parent.glob(f"{folder.name} before restore *"))
    beside = copies.automatic_folder(folder)
    return [beside, *aside, *copies.sticks(office.fingerprint)]


def _may_hold(office: "Office", copy: Copy, act: int) -> bool:
    """A copy of this office, or an unmarked one, from before the act."""
    is_ours = copy.office in (copies.ANY, office.fingerprint)
    return is_ours and (copy.office == copies.ANY or copy.acts < act)


def _told(copy: Copy) -> HoldingCopy:
    made = copy.made.date()
    is_automatic = copy.why not in ("", Why.BY_HAND.value)
    until = made + KEPT_LONGEST if is_automatic else None
    return HoldingCopy(copy.folder, made, copy.folder.name, until)


def destroy(office: "Office", chosen: Sequence[HoldingCopy]) -> list[HoldingCopy]:
    """Destroy copies, as a coordinator may; those that could not be. What was destroyed is noted in the journal."""
    left: list[HoldingCopy] = []
    gone = 0
    office.ask(queries.may_destroy)
    for copy in chosen:
        if _remove(copy.path):
            gone += 1
        else:
            left.append(copy)
    if gone:
        office.do(actions.destroy_copies, gone)
    return left


def _remove(path: Path) -> bool:
    """Whether it is gone: the folder of a copy, or the file of before an upgrade."""
    if path.is_dir():
        return copying.remove(path)
    with suppress(OSError):
        path.unlink()
    return not path.exists()
