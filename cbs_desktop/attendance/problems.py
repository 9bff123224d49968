"""Problems with attendance in words."""

from cbs_desktop import problems

_N = str  # marks a sentence for the catalogues; it is translated when it is said

# rule of RuleBroken → what, what to do
RULES: dict[str, tuple[str, str]] = {
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
}

problems.register(rules=RULES)
