"""Problems with rounds and programmes in words."""

from cbs_desktop import problems

_N = str  # marks a sentence for the catalogues; it is translated when it is said

# kind of Fault → sentence under the field
FAULTS: dict[str, str] = {
    "before start": _N("This is earlier than the start."),
    "targets differ": _N("The targets by sex add up to {sex}, those by age to {age}."),
    "not a letter": _N("A mark is one capital letter without an accent, A to Z."),
    "letter twice": _N("Two marks have the same letter. Give each its own."),
    "wrong number of marks": _N("A register has from two to {most} marks."),
    "came and absent needed": _N(
        "At least one mark must count as came, and one as absent without excuse."
    ),
    "does not fit": _N("This figure is inconsistent with the others."),
}

problems.register(faults=FAULTS)
