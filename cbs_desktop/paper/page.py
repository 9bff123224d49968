"""A4 pages: head, foot, page of pages, practice mark, and the only maker of a Paragraph, which always escapes."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from reportlab import rl_config
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate

from cbs_desktop.paper import fonts
from cbs_desktop.words import _

rl_config.useA85 = 0  # ASCII-armoured streams are a quarter larger and slower

PORTRAIT: tuple[float, float] = A4
LANDSCAPE: tuple[float, float] = landscape(A4)
MARGIN = 28.35  # 10 mm, which no printer reaches
INK = HexColor("#1F2421")
SOFT = HexColor("#565C57")
LINE = HexColor("#868174")
PALE_MARK = HexColor("#F1EDE4")
_ALIGN = {"left": TA_LEFT, "center": TA_CENTER, "right": TA_RIGHT}


@dataclass(frozen=True, slots=True)
class Head:
    """What stands on every page: office and title above, foot below. `language` is an IETF tag for readers. `facts` is a
    second line above."""

    office: str
    title: str
    foot: str = ""
    language: str = "en"
    practice: bool = False
    facts: str = ""


@lru_cache
def style(
    size: float = 10, strong: bool = False, align: str = "left", color: Color = INK
) -> ParagraphStyle:
    """A paragraph style: size in points, regular or medium weight, align "left", "center" or "right"."""
    fonts.register()
    font = fonts.STRONG if strong else fonts.TEXT
    return ParagraphStyle(
        f"{font} {size}",
        fontName=font,
        fontSize=size,
        leading=size * 1.25,
        alignment=_ALIGN[align],  # pyright: ignore[reportArgumentType]
        textColor=color,  # pyright: ignore[reportArgumentType]
        splitLongWords=1,
    )


def para(text: str, look: ParagraphStyle | None = None) -> Paragraph:
    """One paragraph of plain text: nothing in it is ever read as markup."""
    look = look or style()
    return Paragraph(escape(fonts.drawable(text, look.fontName)), look)


def canvas(buffer: BytesIO, size: tuple[float, float], head: Head) -> Canvas:
    """A bare canvas with title and language, for pages that draw all of themselves (certificates)."""
    fonts.register()
    font: Any = (
        fonts.TEXT
    )  # else Helvetica is named in the file and is not in it, and so by the preamble
    made = Canvas(
        buffer,
        pagesize=size,
        pageCompression=1,
        lang=head.language,
        initialFontName=font,
    )
    made._preamble = ""  # pyright: ignore[reportAttributeAccessIssue]
    return _titled(made, head)


def numbered(buffer: BytesIO, size: tuple[float, float], head: Head) -> Canvas:
    """A canvas whose pages get head, foot and "page n of m" when it is saved."""
    return _titled(
        _Numbered(buffer, head, pagesize=size, pageCompression=1, lang=head.language),
        head,
    )


def flow(
    story: Sequence[Flowable], head: Head, size: tuple[float, float] = PORTRAIT
) -> bytes:
    """A document of flowing parts under the common head; gives the PDF."""
    buffer = BytesIO()
    document = SimpleDocTemplate(
        buffer,
        pagesize=size,
        leftMargin=MARGIN * 1.5,
        rightMargin=MARGIN * 1.5,
        topMargin=MARGIN + 34,
        bottomMargin=MARGIN + 20,
        title=fonts.tidy(head.title),
        author=fonts.tidy(head.office),
        lang=head.language,
    )

    def mark(to: Canvas, _document: SimpleDocTemplate) -> None:
        if head.practice:
            mark_practice(to, size)

    numbers = partial(_Numbered, head=head)
    document.build(
        list(story), onFirstPage=mark, onLaterPages=mark, canvasmaker=numbers
    )
    return buffer.getvalue()


def write(
    to: Canvas,
    x: float,
    y: float,
    text: str,
    font: str = fonts.TEXT,
    size: float = 10,
    color: Color = INK,
    align: str = "left",
    room: float | None = None,
    space: float = 0,
) -> float:
    """Draw one line at baseline y, aligned at x, shrunk to `room` points if given; gives the size it took."""
    text = fonts.drawable(text, font)
    if room is not None:
        natural = fonts.width(text, font, size, space)
        size, space = (
            (size, space)
            if natural <= room
            else (size * room / natural, space * room / natural)
        )
    if align != "left":
        x -= fonts.width(text, font, size, space) / (2 if align == "center" else 1)
    line = to.beginText(round(x, 2), y)
    line.setFont(font, round(size, 2))
    line.setFillColor(color)
    if space:
        line.setCharSpace(space)
    line.textOut(text)
    if space:
        line.setCharSpace(0)
    to.drawText(line)
    return size


def mark_practice(to: Canvas, size: tuple[float, float]) -> None:
    """Mark the page as practice: pale words across it, to be drawn first, and a line at the upper edge."""
    words = _("PRACTICE · nothing here is real")
    write(to, size[0] / 2, size[1] - 19, words, fonts.STRONG, 9, SOFT, "center")
    slanted(to, size, _("PRACTICE"), PALE_MARK)


def slanted(to: Canvas, size: tuple[float, float], words: str, color: Color) -> None:
    """Large words across the page, rising. Opaque: draw them before everything else."""
    to.saveState()
    to.translate(size[0] / 2, size[1] / 2)
    to.rotate(28)
    write(to, 0, -26, words, fonts.STRONG, 96, color, "center", room=size[0] * 0.72)
    to.restoreState()


def _titled(made: Canvas, head: Head) -> Canvas:
    fonts.register()
    made.setTitle(fonts.tidy(head.title))
    made.setAuthor(fonts.tidy(head.office))
    return made


class _Numbered(Canvas):
    """Keeps its pages until saved, for only then is their number known."""

    def __init__(self, filename: Any, head: Head, **options: Any) -> None:
        super().__init__(filename, **options)
        fonts.register()
        self._head = head
        self._kept = []

    def showPage(self) -> None:
        """Keep the page."""
        self._kept.append(dict(self.__dict__))
        self._startPage()  # pyright: ignore[reportAttributeAccessIssue]

    def save(self) -> None:
        """Draw head and foot of every page and write the file."""
        kept = self._kept
        for number, state in enumerate(kept, 1):
            self.__dict__.update(state)
            self._dress(number, len(kept))
            super().showPage()
        super().save()

    def _dress(self, number: int, of: int) -> None:
        head, (wide, high) = self._head, self._pagesize  # pyright: ignore[reportAttributeAccessIssue]
        top = high - MARGIN - 9
        pages = _("page {n} of {m}").format(n=number, m=of)
        write(self, wide - MARGIN, top, pages, size=9, color=SOFT, align="right")
        write(
            self,
            MARGIN,
            top,
            f"{head.office}  ·  {head.title}",
            fonts.STRONG,
            10,
            room=wide - 2 * MARGIN - 90,
        )
        write(
            self, MARGIN, MARGIN, head.foot, size=9, color=SOFT, room=wide - 2 * MARGIN
        )
        self.setStrokeColor(LINE)
        self.setLineWidth(0.6)
        self.line(MARGIN, top - 6, wide - MARGIN, top - 6)
        room = wide - 2 * MARGIN
        write(self, MARGIN, top - 19, head.facts, size=9, color=SOFT, room=room)

    def _startPage(self) -> None:
        super()._startPage()  # pyright: ignore[reportAttributeAccessIssue]
        self._fresh = True
