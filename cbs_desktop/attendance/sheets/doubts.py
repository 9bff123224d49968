"""What could not be taken of an attendance sheet in words: what, in which row and column, and what to do."""

from datetime import date

from cbs_desktop.attendance.sheets.cells import SheetDoubt, SheetPlace
from cbs_desktop.attendance.sheets.matching import MarkPlan
from cbs_desktop.text import day_in_figures
from cbs_desktop.words import _, many

_N = str  # marks a sentence for the catalogues; it is translated when it is said

# kind of SheetDoubt → what, what to do
_SAYINGS: dict[str, tuple[str, str]] = {
    "no heads": (
        _N("no row of heads was found."),
        _N("Write dates or session numbers above the marks, and “Number” or “Name” above the people."),
    ),
    "no people": (
        _N("no column of people was found."),
        _N("Write “Number” or “Name” above the column of people."),
    ),
    "columns to tick": (
        _N("several columns stand below each session, one for each mark."),
        _N("Write one column for each session, with the mark in it."),
    ),
    "no group": (
        _N("there is no group “{group}” in this round."),
        _N("Correct the name of the group."),
    ),
    "group needed": (
        _N("nothing says in which group {name} is."),
        _N("Choose the group, or write it above the table or as the name of the sheet."),
    ),
    "no number": (
        _N("no person of group {group} has the number {number}."),
        _N("Check the number or mark them by hand."),
    ),
    "no number at all": (
        _N("nobody in a group of this round has the number {number}."),
        _N("Check the number or mark them by hand."),
    ),
    "no name": (
        _N("nobody in {group} is called “{written}”, or nearly so."),
        _N("Check the name, write the number beside it, or mark them by hand."),
    ),
    "two of a name": (
        _N("“{written}” may be any of {names}."),
        _N("Write the number beside the name, or mark them by hand."),
    ),
    "number of another": (
        _N("the number {number} is that of {name}, and the name is “{written}”."),
        _N("Check which of both is right."),
    ),
    "nobody": (
        _N("there are marks and neither a number nor a name."),
        _N("Write who it is, or leave the row out."),
    ),
    "no mark": (
        _N("“{cell}” is no mark that is known, of {name}."),
        _N("Write one of {letters}, or mark it by hand."),
    ),
    "two marks": (
        _N("{name} is marked otherwise in cell {other}."),
        _N("The first one counts. Check which is right."),
    ),
    "not a member": (
        _N("{name} was not in {group} at session {session}."),
        _N("Check the day on which they joined or left."),
    ),
    "no session": (
        _N("{group} has no session {session}."),
        _N("Check the number of the session."),
    ),
    "no session of that day": (
        _N("{group} has no session in the week of {day}."),
        _N("Check the date, or reschedule the session."),
    ),
    "two sessions": (
        _N("two sessions of {group} are equally near to {day}."),
        _N("Write the number of the session."),
    ),
    "session not said": (
        _N("neither a session number nor a date can be read."),
        _N("Write the number or the date of the session."),
    ),
    "session cancelled": (
        _N("session {session} of {group} was cancelled."),
        _N("If it took place after all, record it as held first."),
    ),
    "session postponed": (
        _N("session {session} of {group} was postponed."),
        _N("Record its real date first, or write the date above the column."),
    ),
    "session to come": (
        _N("session {session} of {group} is planned for {day}, which is in the future."),
        _N("If it was held earlier, record its real date first."),
    ),
}  # fmt: skip


def say_doubt(doubt: SheetDoubt) -> str:
    """A doubt as one or two sentences: where, what, what to do."""
    what, todo = saying(doubt)
    where = say_place(doubt.place)
    if not where:
        return f"{what[:1].upper()}{what[1:]} {todo}"
    return f"{where}: {what} {todo}"


def saying(doubt: SheetDoubt) -> tuple[str, str]:
    """What, and what to do."""
    what, todo = _SAYINGS[doubt.kind]
    facts: dict[str, object] = {}
    for key, value in doubt.facts.items():
        facts[key] = day_in_figures(value) if isinstance(value, date) else value
    return _(what).format(**facts), _(todo).format(**facts)


def say_place(place: SheetPlace) -> str:
    """Where something stands in a file, as a spreadsheet program names it."""
    parts: list[str] = []
    if place.sheet:
        parts.append(_("Sheet {name}").format(name=place.sheet))
    if place.row:
        parts.append(_("Row {n}").format(n=place.row))
    if place.column:
        parts.append(_("Column {letters}").format(letters=place.column))
    return ", ".join(parts)


def say_plan(plan: MarkPlan) -> str:
    """What a file comes to, in a sentence or several."""
    told: list[str] = []
    if plan.new or plan.differing:
        marks = many("{n} mark", "{n} marks", len(plan.new) + len(plan.differing))
        people = many("{n} person", "{n} people", plan.people())
        sessions = many("{n} session", "{n} sessions", plan.sessions())
        about = _("{marks} for {people} and {sessions}.")
        told.append(about.format(marks=marks, people=people, sessions=sessions))
    if plan.same:
        told.append(
            many(
                "{n} mark is there already and stays.",
                "{n} marks are there already and stay.",
                plan.same,
            )
        )
    if plan.differing:
        told.append(
            many(
                "{n} mark differs from what is marked.",
                "{n} marks differ from what is marked.",
                len(plan.differing),
            )
        )
    if plan.doubts:
        told.append(
            many(
                "{n} doubt is left out until it is settled.",
                "{n} doubts are left out until they are settled.",
                len(plan.doubts),
            )
        )
    if not plan.new and not plan.differing:
        told.insert(0, _("Nothing would change."))
    told.append(_("Empty cells are unknown and change nothing."))
    return " ".join(told)
