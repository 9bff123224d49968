"""Papers around the certificates: names to be proof-read by group; the register of those issued, to sign for each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from reportlab.platypus import Flowable, PageBreak, Spacer
from reportlab.platypus import Table as Grid

from cbs_desktop.certificates.wording import short_day
from cbs_desktop.paper import fonts
from cbs_desktop.paper.page import (
    INK,
    LANDSCAPE,
    LINE,
    MARGIN,
    PORTRAIT,
    SOFT,
    Head,
    flow,
    para,
    style,
)
from cbs_desktop.sheets import write
from cbs_desktop.words import _

_LOOK = [
    ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ("LEFTPADDING", (0, 0), (-1, -1), 4),
    ("RIGHTPADDING", (0, 0), (-1, -1), 4),
]
_ROW = 26
_BOX = 14  # points: a line that can be written on, and a box to tick
_FONTS = (
    fonts.SERIF,
    fonts.STRONG,
)  # a sign that none of them has cannot be printed on a certificate


@dataclass(frozen=True, slots=True)
class ProofGroup:
    """A group whose names are to be read; `names` as they will be printed."""

    group: str
    place: str
    facilitators: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """A certificate in the register. `code` is the whole text of its QR; empty when it was withdrawn. `shared`: the person
    agrees to be named in tables that leave the office."""

    number: str
    name: str
    group: str
    issued_on: date
    code: str
    withdrawn_on: date | None = None
    shared: bool = True


def short(code: str) -> str:
    """Eight letters that stand for a code, to compare two papers by eye: SHA-256, its first 32 bits, as ABCD-1234."""
    digest = sha256(code.encode()).hexdigest()[:8].upper()
    if code:
        return f"{digest[:4]}-{digest[4:]}"
    return ""


def _head(office: str, title: str, practice: bool) -> Head:
    return Head(
        office,
        title,
        _("PRACTICE · nothing here is real") if practice else "",
        practice=practice,
    )


def proof_list(
    groups: Sequence[ProofGroup], office: str, practice: bool = False
) -> bytes:
    """A page or more for each group: every name with a box to tick, room for the right spelling, lines to sign on."""
    wide = PORTRAIT[0] - 3 * MARGIN
    told = _(
        "These names will be printed on the certificates. Tick each one "
        "that is correct; write any correction beside it."
    )
    story: list[Flowable] = []
    for one in groups:
        story += [PageBreak()] if story else []
        story += [
            para(one.group, style(18, strong=True)),
            Spacer(0, 6),
            para(
                "  ·  ".join(filter(None, (one.place, *one.facilitators))),
                style(10, color=SOFT),
            ),
            Spacer(0, 8),
            para(told, style(10)),
            Spacer(0, 8),
            _names(one.names, wide),
            Spacer(0, 26),
            _signatures(one.facilitators, wide),
        ]
    return flow(
        story or [para(_("No names yet."))],
        _head(office, _("Proof list of names"), practice),
    )


def _names(names: Sequence[str], wide: float) -> Grid:
    heads = ("", _("Name as it will be printed"), _("Correct"), _("If not, correction"))
    cells: list[list[object]] = [[para(text, style(9, color=SOFT)) for text in heads]]
    for place, name in enumerate(names, 1):
        box = Grid([[""]], [_BOX], [_BOX], style=[("BOX", (0, 0), (-1, -1), 0.8, INK)])
        if fonts.missing(name, *_FONTS):
            wrong = _("contains characters that cannot be printed")
        else:
            wrong = ""
        cells.append(
            [
                para(str(place), style(10, color=SOFT)),
                para(name, style(12, strong=True)),
                box,
                para(wrong, style(9)),
            ]
        )
    lines = [
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, LINE),
        ("ALIGN", (2, 0), (2, -1), "CENTER"),
    ]
    heights = [None, *[_ROW if len(name) < 40 else None for name in names]]
    return Grid(
        cells,
        [24, wide * 0.44, 40, wide * 0.56 - 64],
        heights,
        repeatRows=1,
        style=[*_LOOK, *lines],
    )


def _signatures(facilitators: Sequence[str], wide: float) -> Grid:
    """A line for each facilitator: name, date, signature."""
    heads = [
        para(text, style(9, color=SOFT))
        for text in (_("Facilitator"), _("Date"), _("Signature"))
    ]
    rows = [[para(name, style(11)), "", ""] for name in facilitators or ("", "")]
    lines = [("LINEBELOW", (0, 1), (-1, -1), 0.6, INK)]
    return Grid(
        [heads, *rows],
        [wide * 0.42, wide * 0.18, wide * 0.4],
        [None, *[34] * len(rows)],
        style=[*_LOOK, *lines],
    )


def register(
    entries: Sequence[RegisterEntry], office: str, practice: bool = False
) -> bytes:
    """The certificates of a round by number, with a place to sign for each that is handed out."""
    wide = LANDSCAPE[0] - 3 * MARGIN
    heads = (
        _("Number"),
        _("Name"),
        _("Group"),
        _("Issued"),
        _("Code"),
        _("Received on"),
        _("Signature"),
    )
    widths = (116, 0, 96, 62, 70, 70, 150)
    cells: list[list[object]] = [[para(text, style(9, color=SOFT)) for text in heads]]
    for one in entries:
        texts = (
            one.number,
            one.name,
            one.group,
            short_day(one.issued_on),
            short(one.code),
        )
        if one.withdrawn_on:
            gone = _("withdrawn {day}").format(day=short_day(one.withdrawn_on))
        else:
            gone = ""
        cells.append(
            [
                *(para(text, style(10, strong=text is one.name)) for text in texts),
                "",
                para(gone, style(9)),
            ]
        )
    lines = [
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, LINE),
        ("LINEAFTER", (4, 0), (5, -1), 0.4, LINE),
    ]
    heights = [None, *[_ROW if len(one.name) < 32 else None for one in entries]]
    grid = Grid(
        cells,
        [width or wide - sum(widths) for width in widths],
        heights,
        repeatRows=1,
        style=[*_LOOK, *lines],
        hAlign="LEFT",
    )
    story = [
        para(_("Register of certificates"), style(18, strong=True)),
        Spacer(0, 8),
        grid,
    ]
    return flow(
        story, _head(office, _("Register of certificates"), practice), LANDSCAPE
    )


def register_sheet(entries: Sequence[RegisterEntry]) -> bytes:
    """The same as a spreadsheet, with the whole code; without the names of those who do not agree to be named."""
    heads = (
        _("Number"),
        _("Name"),
        _("Group"),
        _("Issued"),
        _("Code"),
        _("QR code text"),
        _("Withdrawn"),
    )
    rows = [
        (
            one.number,
            one.name if one.shared else _("name not shared"),
            one.group,
            one.issued_on,
            short(one.code),
            one.code,
            one.withdrawn_on or "",
        )
        for one in entries
    ]
    return write.xlsx([write.SheetPage(_("Certificates"), heads, rows)])
