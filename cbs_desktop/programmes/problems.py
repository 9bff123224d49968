"""Problems with rounds and programmes in words."""

from cbs_desktop import problems

_N = str  # marks a sentence for the catalogues; it is translated when it is said

# kind of Fault → sentence under the field
FAULTS: dict[str, str] = {
    "before start": _N("This is earlier than the start."),
    "targets differ": _N("The targets by sex add up to {sex}, those by age to {age}."),
    "does not fit": _N("This figure is inconsistent with the others."),
}

problems.register(faults=FAULTS)
