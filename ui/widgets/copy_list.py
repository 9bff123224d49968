"""Copies in a table: when and why each was made, how far it goes, and whether it can be opened."""

from collections.abc import Sequence

from cbs_desktop.safe.copies import Copy, State, Why
from cbs_desktop.text import write_moment
from cbs_desktop.words import _
from ui.widgets.table import Column, Table

_N = str  # marks a word for the catalogues
WHYS: dict[str, str] = {
    Why.BY_HAND: _N("Backup"),
    Why.WORKING: _N("While working"),
    Why.EXIT: _N("On closing"),
    Why.IMPORT: _N("Before an import"),
    Why.MANY: _N("Before a change to many"),
    Why.UPGRADE: _N("Before a new version"),
    "": _N("Unknown"),
}
STATES: dict[State, tuple[str, str]] = {
    State.WHOLE: ("ok", _N("Checked")),
    State.OLDER: ("info", _N("Older version")),
    State.UNMARKED: ("quiet", _N("Not marked")),
    State.HALF_MADE: ("stop", _N("Half-made")),
    State.FOREIGN: ("warn", _N("Another office")),
    State.NEWER: ("warn", _N("Newer version")),
}


def when(copy: Copy) -> str:
    """The moment of a copy, by the clock of this laptop."""
    return write_moment(copy.made)


def _why(copy: Copy) -> str:
    return _(WHYS.get(copy.why, copy.why))


def _state(copy: Copy) -> tuple[str, str]:
    kind, word = STATES[copy.state]
    return kind, _(word)


def _acts(copy: Copy) -> str:
    return str(copy.acts) if copy.acts else "–"


def _where(copy: Copy) -> str:
    return str(copy.folder.parent)


class CopyTable(Table):
    """Newest first."""

    def __init__(self) -> None:
        columns = [
            Column(_("Made"), when, width=140, strong=True),
            Column(_("Why"), _why, width=170),
            Column(_("State"), chip=_state, width=140),
            Column(_("Actions"), _acts, right=True, width=70),
            Column(_("Where"), _where, stretch=True),
        ]
        super().__init__(_("Copies"), columns)

    def show_copies(self, copies: Sequence[Copy]) -> None:
        """Show these; the newest that can be opened is chosen."""
        self.show_rows(copies, key=lambda copy: copy.folder)
        for place, copy in enumerate(copies):
            if copy.can_be_opened:
                self.choose(place)
                return
