"""Problems with what is typed about people in words."""

from collections.abc import Sequence

from cbs_desktop import problems
from cbs_desktop.errors import Fault
from cbs_desktop.participants.columns import Remark
from cbs_desktop.participants.fields import ALL_FIELDS
from cbs_desktop.problems import say_fault
from cbs_desktop.words import _

_N = str  # marks a sentence for the catalogues; it is translated when it is said

# kind of Fault → sentence under the field
FAULTS: dict[str, str] = {
    "not a phone": _N("A phone number has 7 to 15 digits."),
    "no phone of the country": _N(
        "“{cell}” cannot be a phone number of this country, as {example} is. A number of "
        "another country begins with + and its code."
    ),
    "no letter": _N("There is no letter in this name."),
    "strange sign": _N(
        "“{signs}” cannot be printed. Write the name in Latin letters, as on the ID."
    ),
    "accents": _N("There are more than {most} accents on one letter."),
    "not yes or no": _N("“{cell}” is neither yes nor no."),
    "not a sex": _N("“{cell}” is neither F nor M."),
    "year as day": _N(
        "This day of 1905 is probably a year that the spreadsheet shows as a day. "
        "Write the year as text."
    ),
    "lost digits": _N(
        "The spreadsheet rounded “{cell}” and its last digits are lost. Format the "
        "column as text and type the number again."
    ),
    "other district": _N(
        "“{cell}” is not a district of this office. Correct the spelling, or add the "
        "district on the Office page."
    ),
    "sector missing": _N("The {level.sector} is empty. Fill it in on every row."),
    "spelled otherwise": _N(
        "“{cell}” looks like {near}. Correct the spelling; if it is another {level.sector}, "
        "add it with the form of a person first."
    ),
    "guardian needed": _N(
        "Below age {under}, a parent or guardian consents: enter their name."
    ),
    "twice": _N(
        "The same person is already listed: {where}. If these are two people, say so."
    ),
    "same card": _N("Somebody with the same ID number is already listed: {where}."),
    "error cell": _N(
        "“{cell}” is an error of the spreadsheet, not a value. Mend it there."
    ),
    "day or month": _N(
        "“{cell}” may be day or month first. Write the month as a word."
    ),
    "consent refused": _N(
        "“{cell}” says that there is no consent. Leave the row out, or ask the person."
    ),
    "new sectors": _N(
        "No official list and nobody here knows {names}. Correct the spelling, or say "
        "that these {level.sectors} are to be added."
    ),
    "near places": _N(
        "New places that look like others: {names}. Correct the spelling, or say that "
        "they are to be added as they are."
    ),
    "for each": _N(
        "Withdrawing consent is recorded for each person, on their page: what comes of "
        "it is told there."
    ),
    "no consent to withdraw": _N("There is no consent to withdraw for this."),
    "before consent": _N("The consent was given later, on {day}."),
    "before withdrawal": _N(
        "Consent was withdrawn later, on {day}. Only a new consent counts."
    ),
}

_RECORD = _N("Record the consent first, with its date and form.")
_ASK_AGAIN = _N("Do this only after the person has given a new consent.")
_NAME_GUARDIAN = _N("Record a consent with the name of a parent or guardian.")

_RESTRICTED = _N("The data of {number} are restricted: they are kept and not used.")
_LIFT_FIRST = _N("A coordinator lifts the restriction on the page of the person.")

# rule of RuleBroken (purpose: why, of rules.why_not) → what, what to do
RULES: dict[str, tuple[str, str]] = {
    "programme: consent needed": (
        _N("No consent for the programme is recorded for {number}."),
        _RECORD,
    ),
    "programme: consent withdrawn": (
        _N("{number} has withdrawn consent for the programme."),
        _ASK_AGAIN,
    ),
    "erased": (
        _N("This person has been erased: only figures are left."),
        "",
    ),
    "already restricted": (_N("The data of this person are restricted already."), ""),
    "not restricted": (_N("The data of this person are not restricted."), ""),
    "programme: restricted": (_RESTRICTED, _LIFT_FIRST),
    "screening: restricted": (_RESTRICTED, _LIFT_FIRST),
    "photo: restricted": (_RESTRICTED, _LIFT_FIRST),
    "sharing: restricted": (_RESTRICTED, _LIFT_FIRST),
    "follow-up: restricted": (_RESTRICTED, _LIFT_FIRST),
    "programme: guardian needed": (
        _N("The consent of {number}, a child, for the programme names no guardian."),
        _NAME_GUARDIAN,
    ),
    "screening: consent needed": (
        _N("No consent for screening is recorded for {number}."),
        _RECORD,
    ),
    "screening: consent withdrawn": (
        _N("{number} has withdrawn consent for screening."),
        _ASK_AGAIN,
    ),
    "screening: guardian needed": (
        _N("The consent of {number}, a child, for screening names no guardian."),
        _NAME_GUARDIAN,
    ),
    "follow-up: consent needed": (
        _N("No consent for follow-up is recorded for {number}."),
        _RECORD,
    ),
    "follow-up: consent withdrawn": (
        _N("{number} has withdrawn consent for follow-up."),
        _ASK_AGAIN,
    ),
    "follow-up: guardian needed": (
        _N("The consent of {number}, a child, for follow-up names no guardian."),
        _NAME_GUARDIAN,
    ),
}

# kind of a doubt about a national ID (national_id.py) → sentence; nothing of it refuses anybody
DOUBTS: dict[str, str] = {
    "card digits": _N("A Rwandan national ID has {most} digits, this one {length}."),
    "card status": _N("A Rwandan national ID begins with 1, 2 or 3."),
    "card year unknown": _N("Year of birth on the ID: {year}."),
    "card sex unknown": _N("The sixth digit of the ID, for sex, is neither 7 nor 8."),
    "card year": _N("The ID says born in {year}; entered is {typed}."),
    "card sex F": _N("The ID is a woman’s; entered is a man."),
    "card sex M": _N("The ID is a man’s; entered is a woman."),
    "card too early": _N("A person below {under} has no national ID yet."),
}

# field of a Fault → its name
FIELDS: dict[str, str] = {field.key: field.label for field in ALL_FIELDS} | {
    "withdrawn_on": _N("Date of the withdrawal"),
    "withdrawn_why": _N("Reason"),
}

# kind of columns.Remark → sentence about a whole column or file
REMARKS: dict[str, str] = {
    "repaired": _N("Broken accents were mended, as in “JosÃ©”. Cells: {n}."),
    "hidden rows": _N("Rows that the spreadsheet hides are imported too: {n}."),
    "merged cells": _N(
        "Cells are merged over several rows ({n} times); only the first of these rows has their value."
    ),
    "unseen signs": _N("Signs that cannot be seen were taken out. Cells: {n}."),
    "given first": _N(
        "In “{header}” the given name stands first; the own name is the last word."
    ),
    "month first": _N("Dates in “{header}” are month first: {cell} is {day}."),
    "day or month": _N(
        "Dates in “{header}” are written both day first and month first. Those that may "
        "be either are left out."
    ),
    "short years": _N(
        "Years in “{header}” have two digits: {cell} is read as {day}. Cells: {n}."
    ),
    "serial days": _N(
        "“{header}” has days as the spreadsheet counts them: {cell} is {day}. Cells: {n}."
    ),
    "swapped days": _N(
        "A program may have swapped day and month in “{header}”: no date in it is after "
        "the 12th of a month, but those left as text all are. Compare some with the paper."
    ),
    "running number": _N(
        "“{header}” only counts the rows; it is not entered as ID number."
    ),
    "lost ends": _N(
        "All numbers in “{header}” end with 0: the spreadsheet lost their last digit. "
        "They are not entered. Numbers: {n}."
    ),
    "rounded": _N(
        "The spreadsheet rounded the numbers in “{header}” and lost their last digits. "
        "They are not entered. Numbers: {n}."
    ),
    "several phones": _N(
        "Several phones in one cell of “{header}”: the first is entered. Cells: {n}."
    ),
    "consent on": _N(
        "“{header}” only says yes: {day} is entered as the day of consent. People: {n}."
    ),
    "consent without day": _N(
        "“{header}” says yes without a day. Give the day of consent; without it no "
        "consent is entered. People: {n}."
    ),
}

# RowState of a row → its words
OUTCOMES: dict[str, str] = {
    "taken": _N("taken"),
    "can be taken": _N("can be taken"),
    "known already": _N("known already"),
    "parked": _N("left out"),
    "passed over": _N("no person"),
}


def say_remark(remark: Remark) -> str:
    """A remark as a sentence."""
    return _(REMARKS[remark.kind]).format_map(remark.facts)


_DOUBTS_SHOWN = 4


def say_doubts(doubts: Sequence[Fault]) -> str:
    """What of the national IDs of a sheet does not agree with its rows, the first ones by row; empty where all do."""
    if not doubts:
        return ""
    told = _(
        "National ID numbers to compare with the card: {n}. They are entered all the same."
    ).format(n=len({doubt.row for doubt in doubts}))
    sentences = [say_fault(doubt, named=True) for doubt in doubts[:_DOUBTS_SHOWN]]
    return "\n".join([told, *sentences])


problems.register(rules=RULES, faults={**FAULTS, **DOUBTS}, fields=FIELDS)
