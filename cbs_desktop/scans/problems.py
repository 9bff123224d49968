"""Problems with printed pages and what is read from them, in words."""

from datetime import date, datetime

from cbs_desktop import problems
from cbs_desktop.problems import Said
from cbs_desktop.scans import page_code
from cbs_desktop.scans.assessing import PageNote
from cbs_desktop.text import day_in_figures, write_moment
from cbs_desktop.words import _

_N = str  # marks a sentence for the catalogues; it is translated when it is said

# rule of RuleBroken → what, what to do
RULES: dict[str, tuple[str, str]] = {
    "no session to print": (
        _N("No session is planned for these weeks, or all of them were held."),
        _N("Choose another week, or a group and the session to begin with."),
    ),
    "row taken": (
        _N("This row of the page already is somebody’s."),
        _N("Choose one of the empty rows."),
    ),
}
FAULTS: dict[str, str] = {
    "no such number": _N(
        "Nobody has the number {number}. Check it, or register this person first."
    ),
}
FIELDS: dict[str, str] = {
    "head_count": _N("Head count"),
    "languages": _N("Languages"),
}
# why nothing can be taken from a page → what, what to do
REFUSALS: dict[str, tuple[str, str]] = {
    "no code": (
        _N("The code of this page cannot be read."),
        _N("Type the letters that stand beside it, as M2X9-4TBC5."),
    ),
    "another office": (
        _N("The page {code} was printed by another office."),
        _N("Hand it to the office whose name stands on it."),
    ),
    "unknown page": (
        _N(
            "The page {code} is of this office, but this laptop does not know it: it was printed on another one, or after "
            "the backup that this office was restored from."
        ),
        _N(
            "Read it on the laptop that printed it, or type its marks under Attendance."
        ),
    ),
    "old questionnaire": (
        _N("The questionnaire on page {code} is not the one that the office uses now."),
        _N("Type it under Screening, if it is to be used."),
    ),
    "other shape": (
        _N("The page {code} is not as it was printed here."),
        _N("Type its marks under Attendance."),
    ),
    "all cancelled": (
        _N("The sessions on this page of {group} were cancelled."),
        _N(
            "If one took place after all, say so in Attendance under Session details. Then read the page again."
        ),
    ),
}
# what the reader says of a page without boxes → what, what to do
_AGAIN = _N("Photograph the whole page again, flat and in good light.")
READING: dict[str, tuple[str, str]] = {
    "no page": (_N("No register was found in this picture."), _AGAIN),
    "two pages": (
        _N("Two pages are in this picture."),
        _N("Photograph each page by itself."),
    ),
    "mirrored": (
        _N("This picture is mirrored."),
        _N("Photograph the page again without the mirror of the camera."),
    ),
    "cut off": (_N("A part of the page is not in the picture."), _AGAIN),
    "blurred": (_N("This picture is blurred."), _AGAIN),
    "broken code": (
        _N("The code of this page is not one that this program prints."),
        _N("Type the letters that stand beside it, as M2X9-4TBC5."),
    ),
    "unknown version": (
        _N("This page was printed by a newer version of the program."),
        _N("Install that version on this laptop, then read the page again."),
    ),
}
# what is told of a page that can be saved all the same
NOTES: dict[str, str] = {
    "read before": _N("Read before: {who} accepted this page on {at}."),
    "same file": _N(
        "The same picture again: {who} accepted this page from it on {at}."
    ),
    "cancelled": _N("Session {number} was cancelled: nothing of it is saved."),
    "postponed": _N(
        "Session {number} was put off: nothing of it is saved. If it was held since, enter its day."
    ),
    "to come": _N(
        "Session {number} is planned for {day}: nothing of it is saved. If it was held earlier, enter its day."
    ),
    "erased": _N("Row {row}, {number}: erased since this page was printed."),
    "moved": _N(
        "Row {row}, {who} ({number}): no member of the group on these days any more. Nothing of this row is saved."
    ),
    "not on page": _N("In the group, but not on this page: {who}."),
    "unanswered": _N(
        "No box marked: {numbers}. These questions stay open until the sheet is finished under Screening."
    ),
    "blank": _N("Session {number}, no box marked: {who}. They stay unmarked."),
}
# why a person decides about a cell
DOUBTS: dict[str, str] = {
    "unclear": _N("The box cannot be read for certain."),
    "two marked": _N("Two boxes are marked."),
    "crossed out": _N("A box was filled out and no other is marked."),
    "risk": _N("This question is always looked at: what does the paper say?"),
    "unknown letter": _N("This letter is not used any more."),
    "two rows": _N("Two rows are one person, and say two things."),
}


def say_refusal(note: PageNote) -> Said:
    """Why nothing can be taken from a page, and what to do."""
    what, todo = REFUSALS.get(note.kind) or READING[note.kind]
    facts = _in_words(note)
    safe = _("Nothing of this page was saved.")
    return Said(_(what).format(**facts), safe, _(todo).format(**facts))


def say_note(note: PageNote) -> str:
    """Something to be known of a page."""
    return _(NOTES[note.kind]).format(**_in_words(note))


def _in_words(note: PageNote) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, fact in note.facts.items():
        said = str(fact)
        if isinstance(fact, datetime):
            said = write_moment(fact)
        elif isinstance(fact, date):
            said = day_in_figures(fact)
        elif name == "code":
            said = page_code.short(said)
        found[name] = said
    return found


problems.register(rules=RULES, faults=FAULTS, fields=FIELDS)
