"""The words for states and codes, with the kind (colour and icon) of each: one vocabulary for all screens."""

from datetime import date

from cbs_desktop.attendance.rules import Completion
from cbs_desktop.participants import availability, choices
from cbs_desktop.programmes.marks import MarkSet
from cbs_desktop.words import _, language

_N = str  # marks a word for the catalogues; it is translated when it is shown

STATES = {
    "new": ("quiet", _N("Not yet screened")),
    "to decide": ("info", _N("To decide")),
    "sociotherapy": ("info", _N("Eligible, no group")),
    "in group": ("ok", _N("In group")),
    "graduated": ("ok", _N("Graduated")),
    "waiting": ("info", _N("Waiting")),
    "refer": ("warn", _N("Referred")),
    "multifamily": ("quiet", _N("Multifamily")),
    "resilience": ("quiet", _N("Resilience group")),
    "other": ("quiet", _N("Other pathway")),
    "left": ("quiet", _N("Left")),
}
SECOND = {
    "due": ("info", _N("Second entry due")),
    "typed": ("warn", _N("To compare")),
}
COMPLETION = {
    "complete": ("ok", _N("Complete")),
    "on the way": ("ok", _N("Can graduate")),
    "must not miss": ("warn", _N("Must not miss another")),
    "nearly": ("warn", _N("Nearly there")),
    "not complete": ("stop", _N("Cannot complete")),
}
FACILITY_KINDS = {
    "correctional facility": _N("Correctional facility"),
    "refugee camp": _N("Refugee camp"),
}
PATHWAYS = {
    "sociotherapy": _N("Sociotherapy group"),
    "multifamily": _N("Multifamily space"),
    "resilience": _N("Resilience-oriented therapy"),
    "waiting": _N("Put on waiting list"),
    "refer": _N("Urgent referral"),
    "other": _N("None of these"),
}
OCCASIONS = {
    "screening": _N("Screening"),
    "midline": _N("Midline"),
    "endline": _N("Endline"),
    "follow-up": _N("Follow-up"),
}
TRACKS = {"youth": _N("Youth"), "adult": _N("Adults"), "facility": _N("Facility")}
SAFE_TO_CALL = {None: _N("not asked"), True: _N("yes"), False: _N("no")}
SEXES = {"F": _N("woman"), "M": _N("man")}
USES = {
    "used": ("ok", _N("In use")),
    "not used": ("quiet", _N("Not in use")),
    "cannot": ("stop", _N("Cannot be used")),
}
COUNTRIES = {"RW": _N("Rwanda"), "BI": _N("Burundi")}
LANGUAGES = availability.LANGUAGE_WORDS
PURPOSES = choices.PURPOSE_WORDS
MODES = choices.MODE_WORDS
NO_CONSENT = {
    "": ("ok", _N("Consent recorded")),
    "consent needed": ("stop", _N("No consent recorded")),
    "consent withdrawn": ("stop", _N("Consent withdrawn")),
    "guardian needed": ("stop", _N("Guardian’s consent missing")),
    "restricted": ("stop", _N("Restricted: kept and not used")),
}
SUPPORT = {
    "": _N("Not said"),
    "low": _N("Low"),
    "medium": _N("Medium"),
    "high": _N("High"),
}
PHASES = {
    "Safety": _N("Safety"), "Trust": _N("Trust"), "Care": _N("Care"), "Respect": _N("Respect"),
    "New life orientation": _N("New life orientation"), "Memory": _N("Memory"),
}  # fmt: skip
NO_MARK = {"": _N("not marked"), "–": _N("not expected")}
WHY_WAITING = {
    "too few": _N("Too few people in this {level.sector} and track"),
    "no wished size": _N(
        "These people cannot be divided into groups of the preferred size"
    ),
    "no room": _N("The groups are full"),
    "keep apart": _N("No group is possible: somebody must be kept apart"),
    "keep together": _N("No group has room for everybody who stays together"),
    "no common day": _N("No group meets on a suitable day"),
    "no common language": _N("No group shares a language"),
    "too far": _N("Everybody else lives too far away"),
    "together and apart": _N("Recorded both to stay together and to be kept apart"),
    "together too many": _N("More people stay together than a group can hold"),
    "together elsewhere": _N(
        "Stays together with somebody from another place or track"
    ),
    "released before the end": _N("Will be released before the last session"),
    "no consent": _N("No consent for the programme"),
    "no group to join": _N("No group in this place can still be joined"),
    "by hand": _N("Removed by hand"),
    "new": _N("Not yet proposed"),
}
_DAYS = (_N("Mon"), _N("Tue"), _N("Wed"), _N("Thu"), _N("Fri"), _N("Sat"), _N("Sun"))
_MONTHS = (
    _N("Jan"), _N("Feb"), _N("Mar"), _N("Apr"), _N("May"), _N("Jun"),
    _N("Jul"), _N("Aug"), _N("Sep"), _N("Oct"), _N("Nov"), _N("Dec"),
)  # fmt: skip


def chip(table: dict[str, tuple[str, str]], code: str) -> tuple[str, str]:
    """The kind and the word of a code."""
    kind, word = table.get(code, ("quiet", code))
    return kind, _(word)


def word(table: dict[str, str], code: str) -> str:
    """The word of a code."""
    return _(table.get(code, code))


def completion_sum(stands: Completion) -> str:
    """How somebody stands as a sum: attended of held, the share of it, and the rule of the programme."""
    return _("{n} of {m} held, {share} %; rule {rule} %, {needed} sessions").format(
        n=stands.attended,
        m=stands.held,
        share=stands.share,
        rule=stands.rule,
        needed=stands.needed,
    )


def mark_word(marks: MarkSet, letter: str) -> str:
    """The word of a mark in the language of the screen; also of no mark."""
    if letter in NO_MARK:
        return _(NO_MARK[letter])
    return marks.word(letter, language())


def short_day(day: date) -> str:
    """A day as lists show it: 16 Nov."""
    return f"{day.day} {_(_MONTHS[day.month - 1])}"


def full_day(day: date) -> str:
    """A day with its year: 16 Nov 2026."""
    return f"{short_day(day)} {day.year}"


def weekday(number: int) -> str:
    """Mon to Sun for 0 to 6."""
    return _(_DAYS[number])


def second_entry_words(every: int) -> str:
    """What the setting does."""
    if every < 1:
        return _("No questionnaire is entered a second time.")
    if every == 1:
        return _(
            "Every questionnaire is entered a second time by somebody "
            "else; a screener compares the two."
        )
    return _(
        "One questionnaire in {n} is entered a second time by somebody "
        "else; a screener compares the two."
    ).format(n=every)
