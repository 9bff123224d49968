"""What a certificate looks like, as values read from a design file. Lengths are points from the lower left corner of the page.

A design says where each line of words stands and in which type, which ornaments are drawn, where the seal may stand and who
signs where then. It holds no words of the certificate: those are `wording`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from cbs_desktop.screening.instrument import Words

ROLES = ("main", "accent", "warm", "pale")  # the colours of a palette
FIXED = {"ink": "#1F2421", "soft": "#565C57", "white": "#FFFFFF"}
SAYS = ("office", "heading", "presented", "funders", "completed", "place and period", "period", "place", "facts",
        "number", "check", "duplicate")  # fmt: skip
SHARED = SAYS[:4]  # the same on every page of a print
PLACES = ("left", "middle", "right", "none")  # where the seal may stand
SIGNERS_MOST = 3


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours by role, as #rrggbb."""

    key: str
    title: Words
    colours: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TextLine:
    """Where one line of words stands. `language` is the first or second of the certificate; `alone`: y when it has one.

    The line shrinks to `room`; `space` is added between letters.
    """

    says: str
    language: int
    x: float
    y: float
    alone: float
    font: str
    size: float
    colour: str
    align: str
    room: float
    space: float
    capitals: bool


@dataclass(frozen=True, slots=True)
class NameLine:
    """The name: as large as `most` where it fits on one line, in two lines at `two` when it would be below `least`."""

    x: float
    y: float
    two: tuple[float, float]
    font: str
    most: float
    least: float
    room: float
    colour: str
    align: str


@dataclass(frozen=True, slots=True)
class Ornament:
    """Something drawn: a kind of `ornaments.KINDS`, its figures by name, its colours by role."""

    kind: str
    figures: Mapping[str, float]
    colours: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SignerSeats:
    """Who stands where when the seal has this place: its middle, the code's corner, (x, room) of each who signs, by count."""

    seal: tuple[float, float] | None
    code: tuple[float, float]
    duplicate: tuple[float, float]
    signers: tuple[tuple[tuple[float, float], ...], ...]


@dataclass(frozen=True, slots=True)
class Design:
    """One design. `logos` are boxes (x, y, wide, high) filled from the first; `seal` is (kind, radius)."""

    key: str
    version: int
    title: Words
    palettes: tuple[Palette, ...]
    ornaments: tuple[Ornament, ...]
    lines: tuple[TextLine, ...]
    name: NameLine
    seal: tuple[str, float]
    places: Mapping[str, SignerSeats]
    sign_y: float
    sign_align: str
    logos: tuple[tuple[float, float, float, float], ...]
    logo_align: tuple[str, ...]

    def palette(self, key: str) -> Palette:
        """The palette of this key, else the first."""
        return next((one for one in self.palettes if one.key == key), self.palettes[0])
