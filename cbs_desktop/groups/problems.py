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
        _N("That group is for a different {level.sector}, track or facility."),
        _N("Choose a group for the same place and track."),
    ),
    "group full": (
        _N("That group is full."),
        _N("Choose another group, or raise the maximum group size in the programme."),
    ),
    "keep together": (
        _N("This person must stay together with somebody else."),
        _N("Move both, or remove the keep-together first."),
    ),
    "too far": (
        _N(
            "Somebody in that group lives further away than the office allows within a group."
        ),
        _N("Choose another group, or change the radius under Office."),
    ),
    "no common day": (
        _N("There is no day on which everybody in that group can come."),
        _N("Choose another group, or ask which other days are possible."),
    ),
    "no common language": (
        _N("There is no language that everybody in that group speaks."),
        _N("Choose another group."),
    ),
    "two facilitators": (
        _N("Two facilitators are linked to these records."),
        _N("Remove one of the two links first."),
    ),
    "tie": (
        _N("One of the facilitators must not lead a group with this person."),
        _N("Choose another group, or another facilitator."),
    ),
    "leads own group": (
        _N("A facilitator cannot sit as a participant in a group that they lead."),
        _N("Choose another facilitator for the group, or take the person out of it."),
    ),
    "too late to join": (
        _N("The group is past the last session at which somebody may join."),
        _N("Put the person on the waiting list for the next round."),
    ),
    "twice": (_N("Somebody is in two groups."), _N("Propose the groups again.")),
    "not eligible": (
        _N("This person has not been assigned to sociotherapy in this round."),
        _N("Make the decision first, under Screening."),
    ),
    "already in a group": (
        _N("This person is already in a group in this round."),
        _N("Move the person instead."),
    ),
}

# kind of Fault → sentence under the field
FAULTS: dict[str, str] = {
    "kept free": _N("No sessions are held on this day: {why}."),
    "same person": _N("Choose two different people."),
}

problems.register(rules=RULES, faults=FAULTS)
