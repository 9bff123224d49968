"""Rules of the programme that stand against something, in words; `problems.py` says them."""

_N = str  # marks a sentence for the catalogues; it is translated when it is said

# rule of RuleBroken → what, what to do
RULES: dict[str, tuple[str, str]] = {
    "safety card": (
        _N("Question {questions} was answered yes."),
        _N("Please fill in the safety card now, before you finish the sheet."),
    ),
    "programme asks for it": (
        _N("The programme asks for this questionnaire."),
        _N("Choose another one for the programme first."),
    ),
    "second person": (
        _N("You typed this questionnaire the first time."),
        _N("Somebody else types it the second time, without looking at the first."),
    ),
    "typed twice already": (
        _N("This questionnaire was typed twice already."),
        _N("A screener compares the two."),
    ),
    "differences open": (
        _N("Questions {questions} are still different."),
        _N("Look at the paper and choose what it says for each."),
    ),
    "definition changed": (
        _N("The file {file} was changed, and its version is still {version}."),
        _N(
            "Give the changed questionnaire a higher version, so that old results stay as they were."
        ),
    ),
    "consent needed": (
        _N("No consent is noted for this person."),
        _N("Note the consent first, with date and mode."),
    ),
    "not yet screened": (
        _N("This person has not been screened in this round."),
        _N("Record the questionnaire first."),
    ),
    "not expected": (
        _N("This person was not a member of the group on {day}."),
        _N("Look at the dates of joining and leaving."),
    ),
    "session cancelled": (
        _N("This session was cancelled."),
        _N("Note it as held first, if it took place after all."),
    ),
    "session to come": (
        _N("This session is planned for {day}, which is still to come."),
        _N("Note its real date first, if it was held earlier."),
    ),
    "session has marks": (
        _N("People are marked at this session."),
        _N("Clear the marks first, if it was not held."),
    ),
    "not ready for a certificate": (
        _N("{who} does not qualify for a certificate, or has one already."),
        _N("Take the person out of the batch."),
    ),
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
