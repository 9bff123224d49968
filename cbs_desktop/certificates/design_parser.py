"""From the content of a design file to a design; every fault is named with the file, the part and the key it stands in."""

import re
from collections.abc import Mapping, Sequence

from cbs_desktop.certificates import design as d
from cbs_desktop.certificates.ornaments import HIGH, KINDS, WIDE
from cbs_desktop.certificates.seals import SEALS
from cbs_desktop.errors import Fault, Invalid
from cbs_desktop.paper import fonts
from cbs_desktop.screening.part import Part

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_ALIGN = ("center", "left", "right")
_COUNTS = ("one", "two", "three")
_DRAWN_MOST = 60


def design(content: Mapping[str, object], file: str = "") -> d.Design:
    """The design that a file describes (docs/designs.md). Invalid names every fault."""
    faults: list[Fault] = []
    found = content.get("languages")
    if isinstance(found, list):
        languages = tuple(one for one in found if isinstance(one, str))
    else:
        languages = ()
    head = Part(content, file, faults, languages)
    if not languages:
        head.fault("languages", "no languages")
        raise Invalid(faults)
    head.known("languages")
    key = head.code("key")
    version = head.number("version", 1, 9_999_999_999)
    title = head.words("title")
    palettes = tuple(map(_palette, head.parts("palette")))
    drawn = head.parts("ornament", needed=False)
    if len(drawn) > _DRAWN_MOST:
        head.fault("ornament", "too many", most=_DRAWN_MOST)
    lines = tuple(map(_line, head.parts("line")))
    name = _name(_table(head, "name"))
    seal = _table(head, "seal")
    signing = _table(head, "sign")
    stands = _table(head, "place")
    made = d.Design(
        key,
        version,
        title,
        palettes,
        tuple(map(_ornament, drawn[:_DRAWN_MOST])),
        lines,
        name,
        seal=(seal.choice("kind", tuple(SEALS)), _length(seal, "radius")),
        places={one: _seats(_table(stands, one), one) for one in d.PLACES},
        sign_y=_length(signing, "y"),
        sign_align=signing.choice("align", _ALIGN, "center"),
        logos=tuple(_box(one) for one in head.parts("logo", needed=False)),
        logo_align=tuple(
            one.choice("align", _ALIGN, "left")
            for one in head.parts("logo", needed=False)
        ),
    )
    for part in (seal, signing, stands, head):
        part.rest()
    if faults:
        raise Invalid(faults)
    return made


def _table(inside: Part, key: str) -> Part:
    """A part that has to be there; when it is not, an empty one, so that the rest is looked through too."""
    found = inside.inner(key)
    if found is None:
        inside.fault(key, "needed")
        return Part({}, "", [], ())
    return found


def _length(
    part: Part,
    key: str,
    default: float | None = None,
    least: float = 0,
    most: float = WIDE,
) -> float:
    found = part.decimal(key, needed=default is None)
    if found is None:
        return default or 0
    if not least <= found <= most:
        part.fault(key, "outside", low=round(least), high=round(most))
    return float(found)


def _font(part: Part, key: str = "font") -> str:
    name = part.text(key)
    if name and not fonts.known(name):
        part.fault(key, "no such font", name=name)
    return name


def _colour(part: Part, key: str, roles: Sequence[str] = (*d.ROLES, *d.FIXED)) -> str:
    return part.choice(key, roles)


def _palette(part: Part) -> d.Palette:
    key = part.code("key")
    part.called("palette", "key")
    title = part.words("title")
    colours = {}
    for role in d.ROLES:
        colours[role] = part.text(role)
        if colours[role] and not _COLOUR.fullmatch(colours[role]):
            part.fault(role, "not a colour")
    part.rest()
    return d.Palette(key, title, colours)


def _ornament(part: Part) -> d.Ornament:
    kind = part.choice("kind", tuple(KINDS))
    figures = {one: _length(part, one) for one in KINDS[kind].figures}
    named = [word.strip() for word in part.text("colours").split(",")]
    if len(named) != KINDS[kind].colours or not set(named) <= {*d.ROLES, *d.FIXED}:
        part.fault(
            "colours",
            "not these colours",
            count=KINDS[kind].colours,
            choices=", ".join((*d.ROLES, *d.FIXED)),
        )
    part.rest()
    return d.Ornament(kind, figures, tuple(named))


def _line(part: Part) -> d.TextLine:
    says = part.choice("says", d.SAYS)
    part.called("line", "says")
    y = _length(part, "y", most=HIGH)
    made = d.TextLine(
        says,
        part.number("language", 1, 2, default=1),
        _length(part, "x"),
        y,
        _length(part, "alone", y, most=HIGH),
        _font(part),
        _length(part, "size", least=5, most=90),
        _colour(part, "colour"),
        part.choice("align", _ALIGN, "center"),
        _length(part, "room"),
        _length(part, "space", 0, most=20),
        part.flag("capitals"),
    )
    part.rest()
    return made


def _name(part: Part) -> d.NameLine:
    two = part.rows("two", 2)
    made = d.NameLine(
        _length(part, "x"),
        _length(part, "y", most=HIGH),
        _pair(part, "two", two),
        _font(part),
        _length(part, "most", least=12, most=90),
        _length(part, "least", least=8, most=60),
        _length(part, "room", least=200),
        _colour(part, "colour"),
        part.choice("align", _ALIGN, "center"),
    )
    part.rest()
    return made


def _pair(part: Part, key: str, rows: list[list[object]]) -> tuple[float, float]:
    """The one pair of a list of pairs; 0, 0 with a fault when there is none."""
    found = [part.as_decimal(key, value) for row in rows[:1] for value in row]
    if len(found) != 2:
        part.fault(key, "needed")
        return 0, 0
    return float(found[0] or 0), float(found[1] or 0)


def _seats(part: Part, place: str) -> d.SignerSeats:
    seal = _pair(part, "seal", part.rows("seal", 2)) if place != "none" else None
    code, duplicate = (
        _pair(part, key, part.rows(key, 2)) for key in ("code", "duplicate")
    )
    signers = []
    for n, key in enumerate(_COUNTS, 1):
        rows = [
            [part.as_decimal(key, value) for value in row] for row in part.rows(key, 2)
        ]
        if len(rows) != n:
            part.fault(key, "not so many", count=n)
        signers.append(tuple((float(x or 0), float(room or 0)) for x, room in rows))
    part.rest()
    return d.SignerSeats(seal, code, duplicate, tuple(signers))


def _box(part: Part) -> tuple[float, float, float, float]:
    box = (
        _length(part, "x"),
        _length(part, "y"),
        _length(part, "wide", least=20),
        _length(part, "high", least=10),
    )
    part.choice("align", _ALIGN, "left")
    part.rest()
    return box
