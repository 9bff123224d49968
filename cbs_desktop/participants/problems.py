"""Problems with what is typed about people in words."""

from cbs_desktop import problems
from cbs_desktop.participants.fields import ALL_FIELDS

_N = str  # marks a sentence for the catalogues; it is translated when it is said

# kind of Fault → sentence under the field
FAULTS: dict[str, str] = {
    "not a phone": _N("A phone number has 7 to 15 digits."),
    "not a sex": _N("“{cell}” is neither F nor M."),
    "guardian needed": _N(
        "Below age {under}, a parent or guardian consents: enter their name."
    ),
    "twice": _N("The same person is already listed: {where}."),
}

# field of a Fault → its name
FIELDS: dict[str, str] = {field.key: field.label for field in ALL_FIELDS}

problems.register(faults=FAULTS, fields=FIELDS)
