"""Papers of groups: the list for the venue, the call list by village, a sheet for each facilitator. Nothing sensitive."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from reportlab.platypus import Flowable, KeepTogether, PageBreak, Spacer
from reportlab.platypus import Table as Grid

from cbs_desktop.exports.files import write
from cbs_desktop.exports.rules import OWN, Outgoing, Recipient
from cbs_desktop.groups import rosters
from cbs_desktop.groups.calendar.rules import WEEKDAYS
from cbs_desktop.groups.rosters import CallEntry, GroupRoster
from cbs_desktop.paper.page import LINE, MARGIN, PORTRAIT, SOFT, Head, flow, para, style
from cbs_desktop.text import day_in_figures
from cbs_desktop.words import _, many

if TYPE_CHECKING:
    from cbs_desktop.office import Office

_WIDE = PORTRAIT[0] - 3 * MARGIN
_LOOK = [
    ("LINEBELOW", (0, 0), (-1, -1), 0.4, LINE),
    ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ("LEFTPADDING", (0, 0), (-1, -1), 3),
]
_NOBODY = "–"
Called = tuple[str, str, tuple[str, ...]]  # village, name, line of the list


def _head(office: str, title: str, practice: bool) -> Head:
    foot = _(
        "For those who lead the groups and call people. This paper says nothing about anybody's past."
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
    since = _("from {day}").format(day=day_in_figures(roster.first_day))
    parts = (place, row.venue, _(WEEKDAYS[row.weekday]), since)
    return "  ·  ".join(filter(None, parts))


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
        days.append(f"{number}: {day_in_figures(day)}")
    soft = style(10, color=SOFT)
    title = para(_("Planned sessions"), soft)
    listed = para("  ·  ".join(days), style(10))
    return KeepTogether([title, Spacer(0, 3), listed])


def call_list(
    rosters: Sequence[GroupRoster], office: str, practice: bool = False
) -> bytes:
    """By village: whom to call to which group. People in a facility are called there and stand on no list of a village;
    who is not safe to call stands on none, and its foot says so."""
    title = para(_("Call list"), style(18, strong=True))
    story: list[Flowable] = [title, Spacer(0, 10)]
    called = sorted(_called(rosters), key=_village_and_name)
    for village, people in groupby(called, key=_village_of):
        lines = []
        for _place, _name, line in people:
            lines.append(line)
        story.append(_village(village, lines))
    story.append(para(_not_called(rosters), style(9)))
    head = _head(office, _("Call list"), practice)
    return flow(story, head)


def _not_called(rosters: Iterable[GroupRoster]) -> str:
    """How many are left out because a call may put them in danger; never who."""
    left_out = 0
    for roster in rosters:
        if roster.row.track == "facility":
            continue
        for member in roster.members:
            left_out += member.safe_to_call is False
    told = _("Nobody is listed here for whom a call is not safe")
    if not left_out:
        return f"{told}."
    more = many(
        "{n} person is told in another way.",
        "{n} people are told in another way.",
        left_out,
    )
    return f"{told}; {more}"


def _village_of(called: Called) -> str:
    return called[0]


def _village_and_name(called: Called) -> tuple[str, str]:
    village, name, _line = called
    return village, name


def _called(
    rosters: Iterable[GroupRoster],
) -> Iterator[Called]:
    """Everybody to be called: village, name, and their line of the list."""
    for roster in rosters:
        if roster.row.track == "facility":
            continue
        for member in roster.members:
            if member.safe_to_call is False:
                continue
            phone = _phone(member)
            if member.phone and member.safe_to_call is None:
                phone = _("{phone}; not asked whether safe").format(phone=phone)
            group = roster.row.name
            line = (member.number, member.name, phone, group, _when(roster))
            yield member.lives_in, member.name, line


def _village(village: str, lines: Iterable[Sequence[str]]) -> Flowable:
    heads = (_("Number"), _("Name"), _("Phone"), _("Group"), _("Meets"))
    meets = _WIDE - 416
    widths = (86, 150, 110, 70, meets)
    strong = style(11, strong=True)
    title = para(village, strong)
    below = Spacer(0, 3)
    table = _table(heads, lines, widths)
    return KeepTogether([title, below, table, Spacer(0, 10)])


def _phone(member: CallEntry) -> str:
    if not member.phone:
        return _NOBODY
    if member.phone_of:
        return f"{member.phone} ({member.phone_of})"
    return member.phone


def _when(roster: GroupRoster) -> str:
    weekday = _(WEEKDAYS[roster.row.weekday])
    parts = (weekday, day_in_figures(roster.first_day), roster.row.venue)
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
    pages = []
    for name, _number, roster in led:
        pages.append(_sheet(name, roster))
    head = _head(office, _("Facilitator sheets"), practice)
    return flow(_pages(pages), head)


def _sheet(name: str, roster: GroupRoster) -> list[Flowable]:
    group = f"{roster.row.name}  ·  {_meets(roster)}"
    others = _("Together with: {names}").format(names=_others(name, roster))
    return [
        para(name, style(18, strong=True)),
        Spacer(0, 4),
        para(group, style(11)),
        Spacer(0, 4),
        para(others, style(11)),
        Spacer(0, 10),
        _members(roster),
        Spacer(0, 12),
        _sessions(roster),
    ]


def _others(name: str, roster: GroupRoster) -> str:
    """With whom somebody facilitates a group."""
    others = []
    for other, phone in roster.facilitators:
        if other != name:
            others.append(f"{other} {phone}".strip())
    return ", ".join(others) or _NOBODY


def _members(roster: GroupRoster) -> Grid:
    people = []
    for member in roster.members:
        people.append((member.number, member.name, _phone(member)))
    heads = (_("Number"), _("Name"), _("Phone"))
    return _table(heads, people, (100, _WIDE - 260, 160))


def _sessions(roster: GroupRoster) -> Grid:
    days = []
    for number, day, phase in roster.sessions:
        days.append((str(number), day_in_figures(day), _(phase)))
    heads = (_("Session"), _("Planned on"), _("Phase"))
    return _table(heads, days, (60, 100, _WIDE - 160))


@dataclass(frozen=True, slots=True)
class GroupPapers:
    """The lists of a round's groups: what each is, with its file name and content; and how many people they name."""

    made: dict[str, tuple[str, bytes]]
    people: int

    def files(self, folder: Path) -> dict[Path, bytes]:
        """The files as they lie in a folder."""
        return {folder / name: content for name, content in self.made.values()}

    def outgoing(self, to: Recipient = OWN) -> Outgoing:
        """What leaves with them."""
        return Outgoing("group papers", self.people, to)


def group_papers(office: "Office", round_id: int) -> GroupPapers:
    """The lists of a round's groups: for the venue, for calling, for the facilitators."""
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
    people = sum(len(roster.members) for roster in found)
    return GroupPapers(made, people)


def write_group_papers(office: "Office", round_id: int, folder: Path) -> dict[str, str]:
    """Write the lists of a round's groups into a folder; what was made and where."""
    papers = group_papers(office, round_id)
    write(office, papers.outgoing(), papers.files(folder))
    return {what: str(folder / name) for what, (name, _content) in papers.made.items()}
