"""Problems with what is typed about people in words."""

from cbs_desktop import problems
from cbs_desktop.participants.fields import ALL_FIELDS

_N = str  # marks a sentence for the catalogues; it is translated when it is said

# kind of Fault → sentence under the field
FAULTS: dict[str, str] = {
    "not a phone": _N("A phone number has 7 to 15 digits."),
    "not a sex": _N("“{cell}” is neither F nor M."),
    "year as day": _N(
        "This day of 1905 is probably a year that the spreadsheet shows as a day. "
        "Write the year as text."
    ),
    "lost digits": _N(
        "The spreadsheet rounded “{cell}” and its last digits are lost. Format the "
        "column as text and type the number again."
    ),
    "sector missing": _N("The sector is empty. Fill it in on every row."),
    "spelled otherwise": _N(
        "“{cell}” looks like {near}. Correct the spelling; if it is another sector, "
        "add it with the form of a person first."
    ),
    "guardian needed": _N(
        "Below age {under}, a parent or guardian consents: enter their name."
    ),
    "twice": _N("The same person is already listed: {where}."),
    "no consent to withdraw": _N("There is no consent to withdraw for this."),
    "before consent": _N("The consent was given later, on {day}."),
    "before withdrawal": _N(
        "Consent was withdrawn later, on {day}. Only a new consent counts."
    ),
}

_RECORD = _N("Record the consent first, with its date and form.")
_ASK_AGAIN = _N("Do this only after the person has given a new consent.")
_NAME_GUARDIAN = _N("Record a consent with the name of a parent or guardian.")

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

# field of a Fault → its name
FIELDS: dict[str, str] = {field.key: field.label for field in ALL_FIELDS} | {
    "withdrawn_on": _N("Date of the withdrawal"),
    "withdrawn_why": _N("Reason"),
}

problems.register(rules=RULES, faults=FAULTS, fields=FIELDS)
