"""Papers of groups: the list for the venue, the call list by village, a sheet for each facilitator. Nothing sensitive."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from reportlab.platypus import Flowable, KeepTogether, PageBreak, Spacer
from reportlab.platypus import Table as Grid

from cbs_desktop.groups import rosters
from cbs_desktop.groups.calendar import WEEKDAYS
from cbs_desktop.groups.rosters import Roster, Somebody
from cbs_desktop.paper.file import save
from cbs_desktop.paper.page import LINE, MARGIN, PORTRAIT, SOFT, Head, flow, para, style
from cbs_desktop.words import _

if TYPE_CHECKING:
    from cbs_desktop.office import Office

_WIDE = PORTRAIT[0] - 3 * MARGIN
_LOOK = [
    ("LINEBELOW", (0, 0), (-1, -1), 0.4, LINE),
    ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ("LEFTPADDING", (0, 0), (-1, -1), 3),
]


def _head(office: str, title: str, practice: bool) -> Head:
    foot = _(
        "For those who lead the groups and call people. This paper says "
        "nothing about anybody's past."
    )
    if practice:
        foot += "  ·  " + _("PRACTICE · nothing here is real")
    return Head(office, title, foot, practice=practice)


def _table(
    heads: Sequence[str], lines: Iterable[Sequence[str]], widths: Sequence[float]
) -> Grid:
    cells = [[para(head, style(9, color=SOFT)) for head in heads]]
    cells += [[para(text, style(10)) for text in line] for line in lines]
    return Grid(cells, list(widths), repeatRows=1, style=_LOOK, hAlign="LEFT")


def _meets(roster: Roster) -> str:
    """Where and when; that it is in a facility is not for paper."""
    first = roster.sessions[0][1] if roster.sessions else roster.row.starts
    place = "" if roster.row.track == "facility" else roster.row.place
    parts = (
        place,
        roster.row.venue,
        _(WEEKDAYS[roster.row.weekday]),
        _("from {day}").format(day=_day(first)),
    )
    return "  ·  ".join(filter(None, parts))


def _day(day: object) -> str:
    return f"{day:%d/%m/%Y}"


def group_lists(
    rosters: Sequence[Roster], office: str, practice: bool = False
) -> bytes:
    """A page for each group, to hang at the venue: numbers and names, who leads, the planned days."""
    story: list[Flowable] = []
    for roster in rosters:
        story += [PageBreak()] if story else []
        story += [
            para(roster.row.name, style(20, strong=True)),
            Spacer(0, 6),
            para(_meets(roster), style(11)),
            Spacer(0, 4),
        ]
        led = ", ".join(name for name, _phone in roster.leaders) or "–"
        story += [
            para(_("Facilitators: {names}").format(names=led), style(11)),
            Spacer(0, 12),
        ]
        lines = [
            (str(place), one.number, one.name)
            for place, one in enumerate(roster.members, 1)
        ]
        story += [
            _table(("", _("Number"), _("Name")), lines, (24, 100, _WIDE - 124)),
            Spacer(0, 14),
        ]
        days = "  ·  ".join(
            f"{number}: {_day(day)}" for number, day, _phase in roster.sessions
        )
        story.append(
            KeepTogether(
                [
                    para(_("Planned sessions"), style(10, color=SOFT)),
                    Spacer(0, 3),
                    para(days, style(10)),
                ]
            )
        )
    return flow(
        story or [para(_("No groups yet."))], _head(office, _("Group lists"), practice)
    )


def call_list(rosters: Sequence[Roster], office: str, practice: bool = False) -> bytes:
    """By village: whom to call to which group. People in a facility are called there and stand on no list of a village."""
    people = [
        (one, roster)
        for roster in rosters
        if roster.row.track != "facility"
        for one in roster.members
    ]
    people.sort(key=lambda pair: (pair[0].lives_in, pair[0].name))
    story: list[Flowable] = [
        para(_("Call list"), style(18, strong=True)),
        Spacer(0, 10),
    ]
    heads = (_("Number"), _("Name"), _("Phone"), _("Group"), _("Meets"))
    for village, mine in groupby(people, key=lambda pair: pair[0].lives_in):
        lines = [
            (one.number, one.name, _phone(one), roster.row.name, _when(roster))
            for one, roster in mine
        ]
        table = _table(heads, lines, (86, 150, 110, 70, _WIDE - 416))
        story.append(
            KeepTogether(
                [
                    para(village, style(11, strong=True)),
                    Spacer(0, 3),
                    table,
                    Spacer(0, 10),
                ]
            )
        )
    return flow(story, _head(office, _("Call list"), practice))


def _phone(one: Somebody) -> str:
    if one.phone and one.phone_of:
        return f"{one.phone} ({one.phone_of})"
    return one.phone or "–"


def _when(roster: Roster) -> str:
    first = roster.sessions[0][1] if roster.sessions else roster.row.starts
    return ", ".join(
        filter(None, (_(WEEKDAYS[roster.row.weekday]), _day(first), roster.row.venue))
    )


def facilitator_sheets(
    rosters: Sequence[Roster], office: str, practice: bool = False
) -> bytes:
    """A page for each facilitator and group: whom they lead, with phones, with whom, on which days in which phase."""
    led = sorted(
        ((name, roster) for roster in rosters for name, _phone in roster.leaders),
        key=lambda pair: (pair[0], pair[1].row.number),
    )
    story: list[Flowable] = []
    for name, roster in led:
        story += [PageBreak()] if story else []
        story += [
            para(name, style(18, strong=True)),
            Spacer(0, 4),
            para(f"{roster.row.name}  ·  {_meets(roster)}", style(11)),
        ]
        others = ", ".join(
            f"{other} {phone}".strip()
            for other, phone in roster.leaders
            if other != name
        )
        story += [
            Spacer(0, 4),
            para(_("Together with: {names}").format(names=others or "–"), style(11)),
            Spacer(0, 10),
        ]
        people = [(one.number, one.name, _phone(one)) for one in roster.members]
        story += [
            _table(
                (_("Number"), _("Name"), _("Phone")), people, (100, _WIDE - 260, 160)
            ),
            Spacer(0, 12),
        ]
        days = [
            (str(number), _day(day), _(phase)) for number, day, phase in roster.sessions
        ]
        story.append(
            _table(
                (_("Session"), _("Planned on"), _("Phase")),
                days,
                (60, 100, _WIDE - 160),
            )
        )
    return flow(
        story or [para(_("No groups yet."))],
        _head(office, _("Facilitator sheets"), practice),
    )


def group_papers(office: "Office", round_id: int) -> dict[str, tuple[str, bytes]]:
    """The lists of a round's groups: for the venue, for calling, for the facilitators; each with its file name."""
    found = office.ask(rosters.rosters, round_id)
    drawing = {
        "group lists": group_lists,
        "call list": call_list,
        "facilitator sheets": facilitator_sheets,
    }
    made = {}
    for what, draw in drawing.items():
        name = f"{what.replace(' ', '-')}.pdf"
        made[what] = (name, draw(found, office.title, office.practice))
    return made


def write_group_papers(office: "Office", round_id: int, folder: Path) -> dict[str, str]:
    """Write the lists of a round's groups into a folder; what was made and where."""
    made = group_papers(office, round_id)
    for name, content in made.values():
        save(folder / name, content)
    return {what: str(folder / name) for what, (name, _content) in made.items()}
