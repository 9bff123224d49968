"""The words for what is wrong with who gets a file."""

from cbs_desktop import problems

_N = str  # marks a sentence for the catalogues; it is translated when it is said

FAULTS: dict[str, str] = {
    "own use stays here": _N(
        "Own use stays in the country. Choose who gets it there, or leave the country empty."
    ),
}

FIELDS: dict[str, str] = {
    "who": _N("Who gets it?"),
    "other": _N("Name of the office or institution"),
}

problems.register(faults=FAULTS, fields=FIELDS)
