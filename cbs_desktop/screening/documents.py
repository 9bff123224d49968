"""Papers of screening: a blank form of any questionnaire to be filled in by hand, and the referral slip. Never a score."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from reportlab.lib.pagesizes import A5
from reportlab.platypus import Flowable, HRFlowable, KeepTogether, Paragraph, Spacer
from reportlab.platypus import Table as Grid

from cbs_desktop import clock, words
from cbs_desktop.errors import Missing
from cbs_desktop.paper.page import (
    INK,
    LINE,
    MARGIN,
    PORTRAIT,
    SOFT,
    Head,
    flow,
    para,
    style,
)
from cbs_desktop.screening import queries, safety
from cbs_desktop.screening.instrument import Instrument, Item, pick
from cbs_desktop.text import day_in_figures
from cbs_desktop.words import _

if TYPE_CHECKING:
    from cbs_desktop.office import Office

_NUMBER = 26
_BOX = 11
_WIDE = PORTRAIT[0] - 3 * MARGIN
_ANSWER_LEAST = 40
_WORDS_WIDE = 80  # of a slip: the words before what is filled in
_ANSWERS_MOST = 350  # points of one column of boxes, and of all


@dataclass(frozen=True, slots=True)
class Slip:
    """What a referral slip says: who is sent, from where to whom, and nothing of why."""

    office: str
    day: date
    number: str
    name: str
    to: str
    phone: str
    place: str
    again: date
    practice: bool = False


class _Box(Flowable):
    """An empty box for a pen."""

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """Its size, in the middle of what there is."""
        self._wide = aW
        return aW, _BOX

    def draw(self) -> None:
        """The box."""
        self.canv.setStrokeColor(INK)
        self.canv.setLineWidth(0.9)
        self.canv.rect((self._wide - _BOX) / 2, 0, _BOX, _BOX)


def draw_form(
    form: Instrument, office: str, language: str, practice: bool = False
) -> bytes:
    """A questionnaire as one PDF: the official numbers, our topics, a box for each answer."""
    title = pick(form.title, language)
    foot = _("Version {version}. {licence}").format(
        version=form.version, licence=form.licence
    )
    if practice:
        foot += "  ·  " + _("PRACTICE · nothing here is real")
    story: list[Flowable] = [para(title, style(17, strong=True)), Spacer(0, 4)]
    story += [
        para(pick(form.recall, language), style(10, color=SOFT)),
        Spacer(0, 10),
        _who(),
        Spacer(0, 12),
    ]
    story += [_questions(form, language), Spacer(0, 10)]
    story.append(
        para(
            _(
                "Not answered: leave all boxes in that row empty. Write "
                "nothing else on this sheet, no stories."
            ),
            style(9, color=SOFT),
        )
    )
    if any(item.risk for item in form.items):
        story += [Spacer(0, 10), KeepTogether(_card(form))]
    return flow(story, Head(office, title, foot, language, practice))


def _who() -> Grid:
    """Lines for person, day and who asks."""
    heads = (_("Number"), _("Name"), _("Date"), _("Asked by"))
    cells = [[para(head, style(9, color=SOFT)) for head in heads]]
    lines = [
        ("LINEBELOW", (0, 0), (-1, -1), 0.7, LINE),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 22),
        ("LEFTPADDING", (0, 0), (-1, -1), 2),
    ]
    return Grid(cells, [90, _WIDE - 300, 90, 120], style=lines, hAlign="LEFT")


def _questions(form: Instrument, language: str) -> Grid:
    """A line for each question; the answers are heads when all questions share them, else they stand in the line."""
    sets = dict.fromkeys(
        tuple(value for value, _word in item.answers) for item in form.items
    )
    words = dict.fromkeys(
        tuple(pick(word, language) for _value, word in item.answers)
        for item in form.items
    )
    shared = len(sets) == len(words) == 1
    first = form.items[0]
    if shared:
        wide = max(_ANSWER_LEAST, min(64, _ANSWERS_MOST // len(first.answers)))
    else:
        wide = 0
    if shared:
        columns = [
            _NUMBER,
            _WIDE - _NUMBER - wide * len(first.answers),
            *[wide] * len(first.answers),
        ]
    else:
        columns = [_NUMBER, _WIDE - _NUMBER - 250, 250]
    lines: list[list[Flowable | str]] = []
    if shared:
        heads = [
            para(
                f"{pick(word, language)} {value}", style(9, align="center", color=SOFT)
            )
            for value, word in first.answers
        ]
        lines.append(["", "", *heads])
    for item in form.items:
        boxes: list[Flowable | str] = (
            [_Box() for _answer in item.answers]
            if shared
            else [_in_line(item, language)]
        )
        lines.append(
            [
                para(str(item.number), style(10, color=SOFT)),
                _topic(item, language),
                *boxes,
            ]
        )
    look = [
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, LINE),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("VALIGN", (0, 0), (-1, 0 if shared else -1), "BOTTOM" if shared else "MIDDLE"),
        ("TOPPADDING", (0, 0), (-1, -1), 3.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3.5),
        ("LEFTPADDING", (0, 0), (-1, -1), 2),
        ("RIGHTPADDING", (0, 0), (-1, -1), 2),
    ]
    return Grid(lines, columns, repeatRows=int(shared), style=look, hAlign="LEFT")


def _topic(item: Item, language: str) -> Flowable:
    words = pick(item.topic, language)
    if item.ask_if is not None:
        number, values = item.ask_if
        answers = ", ".join(map(str, sorted(values)))
        words += " " + _("(only if {number} is {answers})").format(
            number=number, answers=answers
        )
    return para(
        words, style(11)
    )  # a risk question looks like any other: whoever answers should not weigh it


def _in_line(item: Item, language: str) -> Grid:
    cells: list[Flowable | str] = []
    for value, word in item.answers:
        cells += [_Box(), para(f"{value} {pick(word, language)}", style(9))]
    half = 250 / len(item.answers)
    pad = [
        ("LEFTPADDING", (0, 0), (-1, -1), 1),
        ("RIGHTPADDING", (0, 0), (-1, -1), 1),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ]
    return Grid([cells], [16, half - 16] * len(item.answers), style=pad)


def _card(form: Instrument) -> list[Flowable]:
    """The safety card, for a risk question answered with anything but 0."""
    numbers = ", ".join(str(item.number) for item in form.items if item.risk)
    head = _(
        "Safety card: if question {numbers} has any answer other than 0, do this first"
    ).format(numbers=numbers)
    fields = (
        _("Who was told"),
        _("On which day"),
        _("Safe now? (yes / no)"),
        _("Referred to"),
        _("Follow-up date"),
    )
    cells = [[para(field, style(9, color=SOFT)) for field in fields]]
    look = [
        ("BOX", (0, 0), (-1, -1), 0.9, INK),
        ("INNERGRID", (0, 0), (-1, -1), 0.4, LINE),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 26),
    ]
    note = _(
        "A “no” does not rule out risk: look at the person, and ask again if in doubt."
    )
    return [
        para(head, style(10, strong=True)),
        Spacer(0, 4),
        Grid(cells, [_WIDE / len(fields)] * len(fields), style=look, hAlign="LEFT"),
        Spacer(0, 3),
        para(note, style(9, color=SOFT)),
    ]


def draw_slip(slip: Slip) -> bytes:
    """A slip that the person carries, and a part that comes back. It says who sends whom, and not why."""
    title = _("Referral")
    wide = A5[0] - 3 * MARGIN
    foot = _("Confidential. Deliver by hand.")
    if slip.practice:
        foot += "  ·  " + _("PRACTICE · nothing here is real")
    to = "  ·  ".join(filter(None, (slip.to or "………………………………", slip.phone, slip.place)))
    asked = _(
        "Please see this person soon and offer support. Kindly confirm "
        "below when this has been done."
    )
    story: list[Flowable] = [para(title, style(18, strong=True)), Spacer(0, 10)]
    story += [
        _facts(
            wide,
            (
                (_("To"), to),
                (_("Person"), f"{slip.name}  ({slip.number})"),
                (_("From"), slip.office),
                (_("Date"), day_in_figures(slip.day)),
            ),
        )
    ]
    story += [
        Spacer(0, 10),
        para(asked, style(11)),
        Spacer(0, 26),
        _lines(wide, (_("Signature"), _("Name and function"))),
    ]
    story += [
        Spacer(0, 18),
        HRFlowable(width="100%", dash=(3, 3), color=LINE),
        Spacer(0, 10),
    ]
    story += [
        para(
            _("To be returned to {office}").format(office=slip.office),
            style(11, strong=True),
        ),
        Spacer(0, 6),
    ]
    story += [
        _facts(
            wide,
            (
                (_("Number"), slip.number),
                (_("Expected until"), day_in_figures(slip.again)),
            ),
        ),
        Spacer(0, 26),
    ]
    story += [_lines(wide, (_("Seen on"), _("By")))]
    return flow(story, Head(slip.office, title, foot, practice=slip.practice), A5)


def _facts(wide: float, facts: tuple[tuple[str, str], ...]) -> Grid:
    small = style(9, color=SOFT)
    usual = style(11)
    cells: list[list[Paragraph]] = []
    for word, value in facts:
        cells.append([para(word, small), para(value, usual)])
    every_cell = ((0, 0), (-1, -1))
    look = [
        ("LEFTPADDING", *every_cell, 0),
        ("VALIGN", *every_cell, "BOTTOM"),
    ]
    widths = [_WORDS_WIDE, wide - _WORDS_WIDE]
    return Grid(cells, widths, style=look, hAlign="LEFT")


def _lines(wide: float, words: tuple[str, ...]) -> Grid:
    cells = [[para(word, style(9, color=SOFT)) for word in words]]
    return Grid(
        cells,
        [wide / len(words)] * len(words),
        style=[("LINEABOVE", (0, 0), (-1, 0), 0.7, LINE)],
        hAlign="LEFT",
    )


def blank_form(office: "Office", key: str) -> bytes:
    """A questionnaire of the office to be filled in by hand and typed; problems as `instrument_of`."""
    form = instrument_of(office, key)
    return draw_form(form, office.title, words.language(), office.practice)


def instrument_of(office: "Office", key: str) -> Instrument:
    """A questionnaire of the office; Missing when there is none, its own problem when it is wrong."""
    found = next(
        (one for one in office.ask(queries.questionnaires) if one.key == key), None
    )
    if found is None:
        raise Missing(what="instrument", id=key)
    if found.instrument is None:
        raise found.problem or Missing(what="instrument", id=key)
    return found.instrument


def referral_slip(office: "Office", card_id: int) -> bytes:
    """The slip of an open safety card; the directory tells phone and place of a service that is named in it."""
    card = next(
        (one for one in office.ask(safety.open_cards) if one.id == card_id), None
    )
    if card is None:
        raise Missing(what="safety card", id=card_id)
    to = card.card.referred_to
    known = next(
        (
            one.service
            for one in office.ask(safety.services)
            if one.service.name and to.startswith(one.service.name)
        ),
        None,
    )
    slip = Slip(
        office=office.title,
        day=clock.day_of(office.now()),
        number=card.number,
        name=card.name,
        to=known.name if known else to,
        phone=known.phone if known else "",
        place=known.place if known else "",
        again=card.card.see_again_on,
        practice=office.practice,
    )
    return draw_slip(slip)
