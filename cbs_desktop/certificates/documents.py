"""Certificates as one PDF: A4 landscape, a page each, one language or two, number and signed QR; nothing sensitive."""

from base64 import b64decode
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from cbs_desktop.certificates import design_files, ornaments, seals, wording
from cbs_desktop.certificates.design import FIXED, Design, SignerSeats, TextLine
from cbs_desktop.certificates.looks import Look
from cbs_desktop.certificates.rules import Printable, Signer
from cbs_desktop.errors import RuleBroken
from cbs_desktop.paper import fonts, qr
from cbs_desktop.paper.page import INK, LANDSCAPE, SOFT, Head, canvas, slanted, write
from cbs_desktop.words import _

QR_SIZE = 30 * mm
_GROUND = "ground"
_FOOT = (
    "foot"  # form objects: what is the same on every page, before the name and after it
)
_TITLE_LEAST = 7.2
_LOGO_GAP = 12  # points
_MARK = HexColor("#EFE9DB")
_FALLBACK = fonts.STRONG  # it has every Latin letter that the serif lacks
_PLAIN = Look()
Words = Mapping[tuple[str, int], str]
Shared = tuple[
    tuple[tuple[str, int], str], ...
]  # words that several pages have in common


@dataclass(frozen=True, slots=True)
class PrintSettings:
    """What all certificates of a print share."""

    office: str
    signers: tuple[Signer, ...]
    look: Look = _PLAIN
    practice: bool = False
    draft: bool = False


@dataclass(frozen=True, slots=True)
class _Press:
    """A sheet with its design, ready to draw: colours by role, where things stand."""

    sheet: PrintSettings
    design: Design
    colours: Mapping[str, Color]
    seats: SignerSeats

    @property
    def look(self) -> Look:
        return self.sheet.look

    def line(self, key: str, n: int, sex: str = "") -> str:
        """The line in the n-th language, counted from 1."""
        language = self.look.languages[n - 1]
        return wording.line(key, language, self.look.wording.get(language, {}), sex)

    @property
    def numbers(self) -> range:
        """1 for the first language, 2 for the second."""
        return range(1, len(self.look.languages) + 1)


def _press(sheet: PrintSettings) -> _Press:
    design = design_files.design(sheet.look.design)
    named = {**FIXED, **design.palette(sheet.look.palette).colours}
    if sheet.look.accent:
        named["accent"] = sheet.look.accent
    return _Press(
        sheet,
        design,
        {role: HexColor(colour) for role, colour in named.items()},
        design.places[sheet.look.seal],
    )


def render(
    printables: Sequence[Printable],
    sheet: PrintSettings,
    progress: Callable[[int, int], None] | None = None,
    with_code: bool = True,
) -> bytes:
    """The PDF, a page for each. `progress(done, total)` may raise Cancelled. Without `with_code` the QR is left out.

    RuleBroken names the first text with a sign that no font can draw; Invalid or Unreadable a design file that is wrong.
    """
    _refuse_undrawable(printables, sheet)
    press = _press(sheet)
    buffer = BytesIO()
    to = canvas(
        buffer,
        LANDSCAPE,
        Head(sheet.office, _title(printables, press), language=sheet.look.languages[0]),
    )
    _form(to, _GROUND, lambda: _ground(to, press))
    _form(to, _FOOT, lambda: _foot(to, press))
    completed = _forms(to, "c", (_completed(one, press) for one in printables), press)
    periods = _forms(to, "p", (_period(one, press) for one in printables), press)
    for number, one in enumerate(printables, 1):
        if sheet.look.preprinted:
            to.translate(sheet.look.right * mm, sheet.look.up * mm)
        to.doForm(_GROUND)
        _name(to, one.name, press)
        to.doForm(completed[_completed(one, press)])
        to.doForm(periods[_period(one, press)])
        _own(to, one, press)
        to.doForm(_FOOT)
        if with_code:
            to.setFillColor(INK)
            qr.draw(to, *press.seats.code, QR_SIZE, one.code)
        to.showPage()
        if progress:
            progress(number, len(printables))
    to.save()
    return buffer.getvalue()


def _title(printables: Sequence[Printable], press: _Press) -> str:
    heading = press.line("heading", 1)
    return f"{heading} · {printables[0].number if len(printables) == 1 else press.sheet.office}"


def _refuse_undrawable(printables: Sequence[Printable], sheet: PrintSettings) -> None:
    shared = [sheet.office, sheet.look.funders]
    for signer in sheet.signers:
        shared += [signer.name, signer.title]
    for lines in sheet.look.wording.values():
        shared += lines.values()
    for text in (*shared, *(text for one in printables for text in _own_texts(one))):
        if signs := _missing(text):
            raise RuleBroken(rule="no glyph", who=text, signs=signs)


def undrawable(one: Printable) -> str:
    """The signs of one certificate's own texts that no font can draw."""
    return "".join(map(_missing, _own_texts(one)))


def _own_texts(one: Printable) -> tuple[str, ...]:
    return (one.name, one.place, one.number)


def _missing(text: str) -> str:
    return "" if text.isascii() else fonts.missing(text, fonts.SERIF, _FALLBACK)


def _form(to: Canvas, name: str, draw: Callable[[], None]) -> None:
    to.beginForm(name, 0, 0, *LANDSCAPE)
    draw()
    to.endForm()


# --- what is the same on every page


def _ground(to: Canvas, press: _Press) -> None:
    """Everything before the name, from the back to the front."""
    sheet = press.sheet
    drawn = () if press.look.preprinted else press.design.ornaments
    for ornament in drawn:
        ornaments.KINDS[ornament.kind].draw(
            to, ornament.figures, [press.colours[one] for one in ornament.colours]
        )
    if sheet.practice or sheet.draft:
        if sheet.practice:
            mark = wording.shipped(press.look.languages[0])["practice"]
        else:
            mark = _("DRAFT")
        slanted(to, LANDSCAPE, mark, _MARK)
    if not press.look.preprinted:
        _logos(to, press)
    words = {("office", 1): sheet.office}
    for key in ("heading", "presented"):
        words |= {(key, n): press.line(key, n) for n in press.numbers}
    _lines(to, press, words)


def _foot(to: Canvas, press: _Press) -> None:
    """Everything after it: who signs, who pays, the seal."""
    signers = (
        press.sheet.signers or (Signer("", ""),) * 2
    )  # lines to sign on, named by hand
    align = press.design.sign_align
    y = press.design.sign_y
    for (x, room), one in zip(
        press.seats.signers[len(signers) - 1], signers, strict=True
    ):
        left = x - {"left": 0, "center": room / 2, "right": room}[align]
        to.setStrokeColor(INK)
        to.setLineWidth(0.6)
        to.line(left, y, left + room, y)
        put(to, x, y - 14, one.name, fonts.STRONG, 10, INK, align, room)
        _title_of(to, x, y - 26.5, one.title, align, room)
    _lines(to, press, {("funders", 1): press.look.funders})
    if press.seats.seal and not press.look.preprinted:
        kind, radius = press.design.seal
        seals.draw(
            to,
            kind,
            *press.seats.seal,
            radius,
            dict(press.colours),
            press.line("seal", 1),
        )


def _title_of(
    to: Canvas, x: float, y: float, title: str, align: str, room: float
) -> None:
    """The office of somebody who signs, in two lines where one would be too small to read."""
    narrow = fonts.shrunk(title, fonts.TEXT, 8.5, room) < _TITLE_LEAST
    for i, text in enumerate(_halves(title) if narrow else (title,)):
        put(
            to,
            x,
            y - 9.5 * i,
            text.strip(" ·"),
            fonts.TEXT,
            8.5 - 0.7 * narrow,
            SOFT,
            align,
            room,
        )


def _logos(to: Canvas, press: _Press) -> None:
    """The logos in the boxes of the design, in turn; those of a box in a row, and none much higher than the others."""
    pictures = [ImageReader(BytesIO(b64decode(one))) for one in press.look.logos]
    boxes = press.design.logos
    rows = [
        [
            (one, one.getSize()[0] / one.getSize()[1])
            for one in pictures[i :: len(boxes)]
        ]
        for i in range(len(boxes))
    ]
    fitting = [
        min(
            high,
            (wide - _LOGO_GAP * (len(row) - 1)) / sum(ratio for _one, ratio in row),
        )
        for row, (_x, _y, wide, high) in zip(rows, boxes, strict=True)
        if row
    ]
    for row, (x, y, wide, high), align in zip(
        rows, boxes, press.design.logo_align, strict=True
    ):
        if not row:
            continue
        room = wide - _LOGO_GAP * (len(row) - 1)
        tall = min(high, room / sum(ratio for _one, ratio in row), 1.4 * min(fitting))
        spare = room - tall * sum(ratio for _one, ratio in row)
        x += {"left": 0, "center": spare / 2, "right": spare}[align]
        for picture, ratio in row:
            to.drawImage(picture, x, y + (high - tall) / 2, tall * ratio, tall)
            x += tall * ratio + _LOGO_GAP


# --- what is on one page only


def _completed(one: Printable, press: _Press) -> Shared:
    """What was completed, in each language: few different texts in a whole season."""
    facts = {"attended": one.attended, "held": one.held, "programme": one.programme}
    return tuple(
        (("completed", n), press.line("completed", n, one.sex).format(**facts))
        for n in press.numbers
    )


def _period(one: Printable, press: _Press) -> Shared:
    """When and where, in each language: the same for a whole group."""
    words: Words = {("place", 1): one.place}
    for n in press.numbers:
        began, ended = (
            wording.day(day, press.look.languages[n - 1])
            for day in (one.began_on, one.completed_on)
        )
        period = press.line("period", n).format(began=began, ended=ended)
        words |= {
            ("period", n): period,
            ("place and period", n): "  ·  ".join(filter(None, (one.place, period))),
        }
    return tuple(words.items())


def _forms(
    to: Canvas, prefix: str, texts: Iterable[Shared], press: _Press
) -> dict[Shared, str]:
    """A form object for each of these texts: their names. What many pages share takes room once."""
    names: dict[Shared, str] = {}
    for words in texts:
        if words not in names:
            names[words] = f"{prefix}{len(names)}"
            _form(to, names[words], lambda words=words: _lines(to, press, dict(words)))
    return names


def _own(to: Canvas, one: Printable, press: _Press) -> None:
    _lines(to, press, _words(one, press))
    if one.duplicate:
        _mark_duplicate(to, one.duplicate, press)


def _mark_duplicate(to: Canvas, day: date, press: _Press) -> None:
    x, y = press.seats.duplicate
    printed = wording.short_day(day)
    for n in press.numbers:
        put(
            to,
            x,
            y - 12 * (n - 1),
            press.line("duplicate", n).format(day=printed),
            fonts.STRONG,
            9,
            press.colours["warm"],
            press.design.sign_align,
            180,
        )


def _words(one: Printable, press: _Press) -> Words:
    number = f"{one.number}   ·   {wording.short_day(one.issued_on)}"
    lines = [press.line("check", n) for n in press.numbers]
    checks = "   /   ".join(filter(None, lines))
    facts = "   ·   ".join(filter(None, (number, checks)))
    return {("number", 1): number, ("check", 1): checks, ("facts", 1): facts}


def _lines(to: Canvas, press: _Press, words: Words) -> None:
    """The lines of the design for which there are words, in the design's order: so they are read and copied."""
    for line in press.design.lines:
        text = words.get((line.says, line.language))
        if not text:
            continue
        if line.capitals:
            text = text.upper()
        _line(to, line, text, press)


def _line(to: Canvas, line: TextLine, text: str, press: _Press) -> None:
    y = line.y if len(press.look.languages) > 1 else line.alone
    put(
        to,
        line.x,
        y,
        text,
        line.font,
        line.size,
        press.colours[line.colour],
        line.align,
        line.room,
        line.space,
    )


def put(
    to: Canvas,
    x: float,
    y: float,
    text: str,
    font: str,
    size: float,
    colour: Color,
    align: str,
    room: float,
    space: float = 0,
) -> None:
    """Write a line, if there is one, in a font that has all of its letters."""
    if not text:
        return
    face = fonts.choose(text, font, _FALLBACK)
    write(to, x, y, text, face, size, colour, align, room, space)


def _name(to: Canvas, name: str, press: _Press) -> None:
    """The name as large as it fits; below the design's least size it takes two lines. It is never cut."""
    at = press.design.name
    font = fonts.choose(name, at.font, _FALLBACK)
    name = fonts.drawable(name, font)
    colour = press.colours[at.colour]
    size = fonts.shrunk(name, font, at.most, at.room)
    if size >= at.least:
        write(to, at.x, at.y, name, font, size, colour, at.align)
        return
    halves = _halves(name)
    size = min(fonts.shrunk(half, font, at.least, at.room) for half in halves)
    for half, y in zip(halves, at.two, strict=True):
        write(to, at.x, y, half, font, size, colour, at.align)


def _halves(name: str) -> tuple[str, str]:
    """Two lines as even as the blanks allow; a single long word is divided in its middle."""
    blanks = [i for i, letter in enumerate(name) if letter == " "]
    if blanks:
        middle = min(blanks, key=lambda i: abs(i - len(name) / 2))
    else:
        middle = len(name) // 2
    return name[:middle].rstrip(), name[middle:].lstrip()
