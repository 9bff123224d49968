"""Certificates as one PDF: A4 landscape, a page each, two languages, number and signed QR. Nothing sensitive on the paper."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from cbs_desktop import resource
from cbs_desktop.certificates import design
from cbs_desktop.certificates.design import GOLD, GREEN, MIDDLE, WIDE
from cbs_desktop.certificates.rules import Printable, Signer
from cbs_desktop.paper import fonts, qr
from cbs_desktop.paper.page import INK, LANDSCAPE, SOFT, Head, canvas, write

QR_SIZE = 85.04  # 30 mm
_NAME_MOST, _NAME_LEAST, _NAME_ROOM = 34, 22, 520
_FORM = "ground"
Words = dict[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What all certificates of a print share. `languages`: one or two of wording.toml; `logo`: PNG or JPEG."""

    office: str
    logo: bytes | None
    signers: tuple[Signer, ...]
    languages: tuple[str, ...]
    practice: bool = False
    draft: bool = False


def render(
    printables: Sequence[Printable],
    sheet: Sheet,
    progress: Callable[[int, int], None] | None = None,
    with_code: bool = True,
) -> bytes:
    """The PDF, a page for each. `progress(done, total)` may raise Cancelled. Without `with_code` the QR is left out."""
    words = [resource.toml("certificates", "wording.toml")[language] for language in sheet.languages[:2]]
    buffer = BytesIO()
    to = canvas(buffer, LANDSCAPE, Head(sheet.office, "Certificates", language=sheet.languages[0]))
    to.beginForm(_FORM, 0, 0, *LANDSCAPE)
    _draw_shared(to, sheet, words)
    to.endForm()
    for number, one in enumerate(printables, 1):
        to.doForm(_FORM)
        _draw_own(to, one, words, with_code)
        to.showPage()
        if progress:
            progress(number, len(printables))
    to.save()
    return buffer.getvalue()


def _draw_shared(to: Canvas, sheet: Sheet, words: list[Words]) -> None:
    mark = words[0]["practice"] if sheet.practice else "DRAFT" if sheet.draft else ""
    design.draw_ground(to, mark)
    write(to, MIDDLE, 512, sheet.office.upper(), fonts.STRONG, 9.5, SOFT, "center", room=420, space=1.6)
    _logo(to, sheet.logo)
    write(to, MIDDLE, 458, words[0]["heading"], fonts.SERIF_MEDIUM, 45, GREEN, "center", room=560, space=7)
    write(to, MIDDLE, 388, words[0]["presented"], fonts.SERIF, 13, INK, "center")
    if len(words) > 1:
        write(to, MIDDLE, 433, words[1]["heading"], fonts.SERIF_ITALIC, 18, GOLD, "center", room=560)
        write(to, MIDDLE, 372, words[1]["presented"], fonts.SERIF_ITALIC, 11, SOFT, "center")
    signers = [(one.name, one.title) for one in sheet.signers] or [("", "")] * 2  # lines to sign on, named by hand
    design.draw_signers(to, signers)


def _logo(to: Canvas, logo: bytes | None) -> None:
    if logo:
        picture = ImageReader(BytesIO(logo))
        to.drawImage(picture, 84, 462, 90, 60, mask="auto", preserveAspectRatio=True, anchor="nw")


def _draw_own(to: Canvas, one: Printable, words: list[Words], with_code: bool) -> None:
    _name(to, one.name)
    facts = {"attended": one.attended, "held": one.held}
    write(to, MIDDLE, 284, words[0]["completed"].format(**facts), fonts.SERIF, 13, INK, "center", room=600)
    if len(words) > 1:
        write(to, MIDDLE, 267, words[1]["completed"].format(**facts), fonts.SERIF_ITALIC, 11, SOFT, "center", room=600)
    period = words[0]["period"].format(began=day(one.began_on), ended=day(one.completed_on))
    write(to, MIDDLE, 243, f"{one.place}  ·  {period}", fonts.TEXT, 10.5, INK, "center", room=560)
    checks = "  /  ".join(each["check"] for each in words)
    write(
        to,
        MIDDLE,
        70,
        f"{one.number}   ·   {day(one.issued_on)}   ·   {checks}",
        fonts.TEXT,
        8,
        SOFT,
        "center",
        room=640,
    )
    if one.duplicate:
        lines = "  ·  ".join(each["duplicate"].format(day=day(date.fromisoformat(one.duplicate))) for each in words)
        write(to, WIDE - 84, 500, lines, fonts.STRONG, 9, design.CLAY, "right")
    if with_code:
        to.setFillColor(INK)
        qr.draw(to, WIDE - 162, 152, QR_SIZE, one.code)


def _name(to: Canvas, name: str) -> None:
    """The name as large as it fits; below 22 points it takes two lines. It is never cut."""
    font = fonts.choose(name, fonts.SERIF_BOLD, fonts.STRONG)
    size = fonts.shrunk(name, font, _NAME_MOST, _NAME_ROOM)
    if size >= _NAME_LEAST:
        write(to, MIDDLE, 327, name, font, size, INK, "center")
        return
    for line, y in zip(_halves(name), (343, 320), strict=True):
        write(to, MIDDLE, y, line, font, fonts.shrunk(line, font, _NAME_LEAST, _NAME_ROOM + 60), INK, "center")


def _halves(name: str) -> tuple[str, str]:
    """Two lines as even as the blanks allow; a single long word is divided in its middle."""
    blanks = [i for i, letter in enumerate(name) if letter == " "]
    middle = min(blanks, key=lambda i: abs(i - len(name) / 2)) if blanks else len(name) // 2
    return name[:middle].rstrip(), name[middle:].lstrip()


def day(value: date) -> str:
    """A day as Rwandan and Burundian papers write it."""
    return f"{value:%d.%m.%Y}"
