"""Problems with groups in words."""

from cbs_desktop import problems

_N = str  # marks a sentence for the catalogues; it is translated when it is said

# rule of RuleBroken → what, what to do
RULES: dict[str, tuple[str, str]] = {
    "keep apart": (
        _N("This person must not be in that group."),
        _N("Choose another group."),
    ),
    "other pool": (
        _N("That group is for another sector, track or facility."),
        _N("Choose a group of the same place and track."),
    ),
    "group full": (
        _N("That group is full."),
        _N("Choose another group, or raise the hard stop in the programme."),
    ),
    "keep together": (
        _N("This person comes together with somebody else."),
        _N("Move both, or release the keep-together first."),
    ),
    "too far": (
        _N(
            "Somebody of that group lives further away than the office allows within a group."
        ),
        _N("Choose another group, or change the radius at Office."),
    ),
    "no common day": (
        _N("There is no day on which everybody of that group can come."),
        _N("Choose another group, or ask which other days are possible."),
    ),
    "no common language": (
        _N("There is no language that everybody of that group speaks."),
        _N("Choose another group."),
    ),
    "tie": (
        _N("One of the facilitators must not lead a group with this person."),
        _N("Choose another group, or another facilitator."),
    ),
    "too late to join": (
        _N("The group has passed the last session at which somebody may join."),
        _N("Let the person wait for the next round."),
    ),
    "twice": (_N("Somebody stands in two groups."), _N("Propose the groups anew.")),
    "not eligible": (
        _N("This person was not decided for sociotherapy in this round."),
        _N("Decide first, at Screening."),
    ),
    "already in a group": (
        _N("This person is in a group of this round already."),
        _N("Move the person instead."),
    ),
}

# kind of Fault → sentence under the field
FAULTS: dict[str, str] = {
    "kept free": _N("This day is kept free: {why}."),
    "same person": _N("Choose two different people."),
}

problems.register(rules=RULES, faults=FAULTS)
