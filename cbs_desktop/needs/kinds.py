"""The lists of what needs a person: the title, the columns and the order of each, and the heads of the columns."""

from dataclasses import dataclass

_N = str  # marks a word for the catalogues; it is translated when it is shown

# key of a column → its head
COLUMNS = {
    "number": _N("Number"), "name": _N("Name"), "phone": _N("Phone"), "place": _N("Lives in"), "group": _N("Group"),
    "facilitators": _N("Facilitators"), "session": _N("Session"), "planned": _N("Planned on"), "late": _N("Days ago"),
    "marked": _N("Marked"),
    "came": _N("Last came on"), "absent": _N("In a row"), "tried": _N("Not met on"),
    "attended": _N("Attended"), "most": _N("At most"), "needed": _N("Needed"), "remaining": _N("Still to come"),
    "joined": _N("Joined on"), "held": _N("Sessions since"), "meets": _N("Meets in"), "missing": _N("Missing"),
    "gone": _N("Who left"), "weekday": _N("Meets on"), "cannot": _N("Cannot come"), "better": _N("Better day"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class NeedKind:
    """A list: its title, why its lines are there, its columns, and what its paper is divided by ("" or a column).
    `opens`: what Enter opens, a person, a session or a group."""

    title: str
    why: str
    columns: tuple[str, ...]
    opens: str
    divided: str = ""


# in the order of Home
NEEDS: dict[str, NeedKind] = {
    "todays-registers": NeedKind(
        _N("Registers of today"),
        _N("Of the groups that meet today, and those still open from before."),
        ("group", "session", "planned", "marked", "meets", "facilitators"),
        "session",
    ),
    "no-register": NeedKind(
        _N("Sessions without a register"),
        _N("Planned for a day that is past; nobody is marked."),
        ("group", "session", "planned", "late", "facilitators"),
        "session",
        "facilitators",
    ),
    "visits": NeedKind(
        _N("People to visit"),
        _N("Absent twice in a row or more, without excuse."),
        ("name", "group", "phone", "came", "absent", "place", "facilitators", "number", "tried"),
        "person",
    ),
    "cannot-graduate": NeedKind(
        _N("Can no longer graduate"),
        _N("Even if they come to all that remain. They may stay and finish."),
        ("name", "group", "attended", "most", "needed", "phone", "facilitators", "number"),
        "person",
    ),
    "must-attend": NeedKind(
        _N("Must attend all that remain"),
        _N("One more absence, and they cannot graduate."),
        ("name", "group", "attended", "needed", "remaining", "phone", "facilitators", "number"),
        "person",
    ),
    "never-came": NeedKind(
        _N("Joined and never came"),
        _N("Two sessions or more were held since."),
        ("name", "group", "phone", "joined", "held", "place", "facilitators", "number"),
        "person",
    ),
    "no-facilitator": NeedKind(
        _N("Groups lacking facilitators"),
        _N("Fewer than two lead it, or one of them is no longer active."),
        ("group", "meets", "facilitators", "gone", "missing"),
        "group",
    ),
    "meeting-day": NeedKind(
        _N("Groups with a wrong day"),
        _N("Most of the group cannot come on that day, or stay away on it."),
        ("group", "meets", "weekday", "cannot", "better", "facilitators"),
        "group",
    ),
}  # fmt: skip
