"""Papers of groups: the list for the venue, the call list by village, a sheet for each facilitator. Nothing sensitive."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from reportlab.platypus import Flowable, KeepTogether, PageBreak, Spacer
from reportlab.platypus import Table as Grid

from cbs_desktop.groups.calendar.rules import WEEKDAYS
from cbs_desktop.groups.rosters import CallEntry, GroupRoster
from cbs_desktop.paper.page import LINE, MARGIN, PORTRAIT, SOFT, Head, flow, para, style
from cbs_desktop.words import _

_WIDE = PORTRAIT[0] - 3 * MARGIN
_LOOK = [
    ("LINEBELOW", (0, 0), (-1, -1), 0.4, LINE),
    ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ("LEFTPADDING", (0, 0), (-1, -1), 3),
]
_NOBODY = "–"


def _head(office: str, title: str, practice: bool) -> Head:
    foot = _(
        "For the people who lead and call. Nothing about anybody's past stands on this paper."
    )
    if practice:
        foot += "  ·  " + _("PRACTICE · nothing here is real")
    return Head(office, title, foot, practice=practice)


def _table(
    heads: Sequence[str], lines: Iterable[Sequence[str]], widths: Sequence[float]
) -> Grid:
    cells = [[para(head, style(9, color=SOFT)) for head in heads]]
    for line in lines:
        cells.append([para(text, style(10)) for text in line])
    return Grid(cells, list(widths), repeatRows=1, style=_LOOK, hAlign="LEFT")


def _meets(roster: GroupRoster) -> str:
    """Where and when; that it is in a facility is not for paper."""
    row = roster.row
    place = "" if row.track == "facility" else row.place
    since = _("from {day}").format(day=_day(roster.first_day))
    parts = (place, row.venue, _(WEEKDAYS[row.weekday]), since)
    return "  ·  ".join(filter(None, parts))


def _day(day: object) -> str:
    return f"{day:%d/%m/%Y}"


def group_lists(
    rosters: Sequence[GroupRoster], office: str, practice: bool = False
) -> bytes:
    """A page for each group, to hang at the venue: numbers and names, who facilitates, the
    planned days."""
    head = _head(office, _("Group lists"), practice)
    return flow(_pages(_group_page(roster) for roster in rosters), head)


def _pages(pages: Iterable[list[Flowable]]) -> list[Flowable]:
    """Pages one after the other; without any it is said that there are none."""
    story: list[Flowable] = []
    for page in pages:
        if story:
            story.append(PageBreak())
        story += page
    return story or [para(_("No groups yet."))]


def _group_page(roster: GroupRoster) -> list[Flowable]:
    names = ", ".join(name for name, _phone in roster.facilitators) or _NOBODY
    lines = []
    for place, member in enumerate(roster.members, 1):
        lines.append((str(place), member.number, member.name))
    heads = ("", _("Number"), _("Name"))
    return [
        para(roster.row.name, style(20, strong=True)),
        Spacer(0, 6),
        para(_meets(roster), style(11)),
        Spacer(0, 4),
        para(_("Facilitators: {names}").format(names=names), style(11)),
        Spacer(0, 12),
        _table(heads, lines, (24, 100, _WIDE - 124)),
        Spacer(0, 14),
        _planned(roster),
    ]


def _planned(roster: GroupRoster) -> Flowable:
    days = []
    for number, day, _phase in roster.sessions:
        days.append(f"{number}: {_day(day)}")
    title = para(_("Planned sessions"), style(10, color=SOFT))
    listed = para("  ·  ".join(days), style(10))
    return KeepTogether([title, Spacer(0, 3), listed])


def call_list(
    rosters: Sequence[GroupRoster], office: str, practice: bool = False
) -> bytes:
    """By village: whom to call to which group. People in a facility are called there and
    stand on no list of a village."""
    story: list[Flowable] = [para(_("Call list"), style(18, strong=True))]
    story.append(Spacer(0, 10))
    called = sorted(_called(rosters), key=lambda each: each[:2])
    for village, lines in groupby(called, key=lambda each: each[0]):
        story.append(_village(village, [line for _place, _name, line in lines]))
    return flow(story, _head(office, _("Call list"), practice))


def _called(
    rosters: Iterable[GroupRoster],
) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Everybody to be called: village, name, and their line of the list."""
    for roster in rosters:
        if roster.row.track == "facility":
            continue
        for member in roster.members:
            phone = _phone(member)
            group = roster.row.name
            line = (member.number, member.name, phone, group, _when(roster))
            yield member.lives_in, member.name, line


def _village(village: str, lines: Iterable[Sequence[str]]) -> Flowable:
    heads = (_("Number"), _("Name"), _("Phone"), _("Group"), _("Meets"))
    table = _table(heads, lines, (86, 150, 110, 70, _WIDE - 416))
    title = para(village, style(11, strong=True))
    return KeepTogether([title, Spacer(0, 3), table, Spacer(0, 10)])


def _phone(member: CallEntry) -> str:
    if not member.phone:
        return _NOBODY
    if member.phone_of:
        return f"{member.phone} ({member.phone_of})"
    return member.phone


def _when(roster: GroupRoster) -> str:
    weekday = _(WEEKDAYS[roster.row.weekday])
    parts = (weekday, _day(roster.first_day), roster.row.venue)
    return ", ".join(filter(None, parts))


def facilitator_sheets(
    rosters: Sequence[GroupRoster], office: str, practice: bool = False
) -> bytes:
    """A page for each facilitator and group: whom they lead, with phones, with whom, on
    which days in which phase."""
    led = []
    for roster in rosters:
        for name, _phone_number in roster.facilitators:
            led.append((name, roster.row.number, roster))
    led.sort(key=lambda each: each[:2])
    pages = [_sheet(name, roster) for name, _number, roster in led]
    head = _head(office, _("Facilitator sheets"), practice)
    return flow(_pages(pages), head)


def _sheet(name: str, roster: GroupRoster) -> list[Flowable]:
    others = []
    for other, phone in roster.facilitators:
        if other != name:
            others.append(f"{other} {phone}".strip())
    names = ", ".join(others) or _NOBODY
    people = []
    for member in roster.members:
        people.append((member.number, member.name, _phone(member)))
    days = []
    for number, day, phase in roster.sessions:
        days.append((str(number), _day(day), _(phase)))
    members = (_("Number"), _("Name"), _("Phone"))
    sessions = (_("Session"), _("Planned on"), _("Phase"))
    return [
        para(name, style(18, strong=True)),
        Spacer(0, 4),
        para(f"{roster.row.name}  ·  {_meets(roster)}", style(11)),
        Spacer(0, 4),
        para(_("Together with: {names}").format(names=names), style(11)),
        Spacer(0, 10),
        _table(members, people, (100, _WIDE - 260, 160)),
        Spacer(0, 12),
        _table(sessions, days, (60, 100, _WIDE - 160)),
    ]
