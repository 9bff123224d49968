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
}

# field of a Fault → its name
FIELDS: dict[str, str] = {field.key: field.label for field in ALL_FIELDS}

problems.register(faults=FAULTS, fields=FIELDS)
