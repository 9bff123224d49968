"""Blank questionnaires that can be read back: our topics with the official numbers, a box for each answer. Never a score."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO

from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit

from cbs_desktop.paper import fonts
from cbs_desktop.paper.page import Head, canvas
from cbs_desktop.scans.drawing import LINE, Letters, PageDrawing
from cbs_desktop.scans.forms import FormPage
from cbs_desktop.scans.layout import Rect, page_layout
from cbs_desktop.scans.page_code import PageCode
from cbs_desktop.screening.instrument import Item, pick
from cbs_desktop.words import _

_FACT = Letters(10)
_TITLE = Letters(16, strong=True)
_SMALL = Letters(9)
_TOPIC = Letters(11)
_TWO_LINES = Letters(9.5)
_NUMBER = Letters(11, strong=True)
_WORD = Letters(6.5, align="center")
_VALUE = Letters(12, strong=True, align="center")
_NAME = Letters(11, strong=True)
_TOPIC_AT = 10  # millimetres from the left of a row
_WORD_HIGH = 2.6
_CARD = Rect(48, 262, 152, 13)


@dataclass(frozen=True, slots=True)
class CodedForm:
    """A page of a questionnaire with the code that stands on it."""

    code: PageCode
    page: FormPage


def draw_forms(
    pages: Sequence[CodedForm], language: str, practice: bool = False
) -> bytes:
    """The pages as one PDF."""
    buffer = BytesIO()
    first = pages[0].page
    title = pick(first.form.title, language)
    to = canvas(
        buffer, (210 * mm, 297 * mm), Head(first.office, title, language=language)
    )
    for one in pages:
        place = page_layout(one.code.shape)
        on = PageDrawing(to, place)
        on.marks_of_a_page(one.code)
        _head(on, one.page, language, practice)
        _answers(on, one.page, language)
        on.rows_and_boxes(one.page.values)
        for item, label in zip(one.page.items, place.labels, strict=True):
            _question(on, item, label, language)
        _foot(on, one.page)
        to.showPage()
    to.save()
    return buffer.getvalue()


def _head(on: PageDrawing, page: FormPage, language: str, practice: bool) -> None:
    """Title, whom it is about, and how a box is marked."""
    form = page.form
    at = on.place.title
    said = page.office
    if practice:
        said = _("PRACTICE · nothing here is real") + "  ·  " + said
    part = _("page {n} of {m}").format(n=page.part, m=page.parts)
    on.text(at.x, at.y + 6, pick(form.title, language), _TITLE, at.width)
    on.text(at.x, at.y + 11.5, pick(form.recall, language), _FACT, at.width)
    on.text(at.x, at.y + 16, f"{said}  ·  {part}", _SMALL, at.width)
    _who(on, page)
    x = on.place.labels[0].x
    room = on.place.labels[0].width - 3
    y = on.place.heads[0].y
    lines = (
        _("Fill or cross one box in each row."),
        _("Not answered: leave all boxes in that row empty."),
        _(
            "By mistake: fill the whole box, then cross the right one. No stories on this sheet."
        ),
    )
    for line, words in enumerate(lines):
        on.text(x, y + 5 + 4 * line, words, _SMALL, room)


def _who(on: PageDrawing, page: FormPage) -> None:
    """Lines for number, name and day; filled in where it is printed for one person."""
    at = on.place.title
    y = at.y + 29
    number, name = page.person
    fields = (
        (at.x, 30, _("Number"), number),
        (at.x + 34, 62, _("Name"), name),
        (at.x + 100, 34, _("Date"), ""),
    )
    for x, width, word, said in fields:
        on.line((x, y), (x + width, y))
        on.text(x, y + 3.5, word, _SMALL, width)
        on.text(x, y - 1.5, said, _NAME, width)


def _answers(on: PageDrawing, page: FormPage, language: str) -> None:
    """Value and words of each answer over its boxes."""
    head = on.place.heads[0]
    answers = page.items[0].answers
    pitch = head.width / len(answers)
    x = head.x + pitch / 2
    for value, words in answers:
        room = pitch - 1
        said = _lines(pick(words, language), _WORD.size, room)
        y = head.y + 9.5 - _WORD_HIGH * (len(said) - 1)
        for each in said:
            on.text(x, y, each, _WORD, room)
            y += _WORD_HIGH
        on.text(x, head.y + 14.5, str(value), _VALUE)
        x += pitch


def _lines(words: str, size: float, room: float) -> list[str]:
    return simpleSplit(words, fonts.TEXT, size, room * mm)


def _question(on: PageDrawing, item: Item, label: Rect, language: str) -> None:
    """A risk question looks like any other: whoever answers should not weigh it."""
    words = _topic(item, language)
    room = label.width - _TOPIC_AT - 3
    on.text_in(label, 1, str(item.number), _NUMBER)
    look = _TOPIC
    said = _lines(words, look.size, room)
    if len(said) > 1:
        look = _TWO_LINES
        said = _lines(words, look.size, room)
    high = label.height / len(said)
    for line, each in enumerate(said):
        part = Rect(label.x, label.y + line * high, label.width, high)
        on.text_in(part, _TOPIC_AT, each, look)


def _topic(item: Item, language: str) -> str:
    words = pick(item.topic, language)
    if item.ask_if is None:
        return words
    number, values = item.ask_if
    listed = ", ".join(map(str, sorted(values)))
    only = _("(only if {number} is {answers})").format(number=number, answers=listed)
    return f"{words} {only}"


def _foot(on: PageDrawing, page: FormPage) -> None:
    form = page.form
    x = on.place.codes[1].right + 4
    room = on.place.corners[3].x - x - 3
    source = _("Version {version}. {licence}").format(
        version=form.version, licence=form.licence
    )
    on.text(x, 286, source, _WORD_LEFT, room)
    risky = ", ".join(str(item.number) for item in form.items if item.risk)
    if risky and page.part == page.parts:
        _card(on, risky)


_WORD_LEFT = Letters(7)


def _card(on: PageDrawing, numbers: str) -> None:
    """The safety card, for a risk question answered with anything but 0."""
    said = _(
        "Safety card: if question {numbers} has any answer other than 0, do this first"
    )
    on.text(_CARD.x, _CARD.y - 1, said.format(numbers=numbers), _SMALL, _CARD.width)
    on.frame(_CARD, LINE)
    fields = list(_card_fields())
    wide = _CARD.width / len(fields)
    for place, field in enumerate(fields):
        x = _CARD.x + place * wide
        on.line((x, _CARD.y), (x, _CARD.low))
        on.text(x + 1, _CARD.y + 3.2, field, _WORD_LEFT, wide - 2)
    note = _(
        "A “no” does not rule out risk: look at the person, and ask again if in doubt."
    )
    on.text(_CARD.x, _CARD.low + 3.4, note, _WORD_LEFT, 140)


def _card_fields() -> Iterator[str]:
    yield _("Who was told")
    yield _("On which day")
    yield _("Safe now? (yes / no)")
    yield _("Referred to")
    yield _("Follow-up date")
