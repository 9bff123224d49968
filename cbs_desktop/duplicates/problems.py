"""Problems with merging records in words."""

from cbs_desktop import problems

_N = str  # marks a sentence for the catalogues; it is translated when it is said

# rule of RuleBroken → what, what to do
RULES: dict[str, tuple[str, str]] = {
    "both in groups": (
        _N("One record is in group {one}, the other in group {other}."),
        _N("Take one of them out of the group first, then merge the records."),
    ),
}

# kind of Fault → sentence under the field
FAULTS: dict[str, str] = {
    "alike": _N(
        "Probably listed already, in another spelling: {name}, {where}. Leave the row out, or import it and compare "
        "the two later."
    ),
}

# field of a Fault → its name
FIELDS: dict[str, str] = {"verdict": _N("One person or two")}

problems.register(rules=RULES, faults=FAULTS, fields=FIELDS)
