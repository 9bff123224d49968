"""Problems with attendance in words."""

from cbs_desktop import problems

_N = str  # marks a sentence for the catalogues; it is translated when it is said

# rule of RuleBroken → what, what to do
RULES: dict[str, tuple[str, str]] = {
    "not expected": (
        _N("This person was not a member of the group on {day}."),
        _N("Check the dates of joining and leaving."),
    ),
    "session cancelled": (
        _N("This session was cancelled."),
        _N("If it took place after all, record it as held first."),
    ),
    "session to come": (
        _N("This session is planned for {day}, which is in the future."),
        _N("If it was held earlier, record its real date first."),
    ),
    "nothing to enter": (
        _N("No mark of this file can be entered. {why}"),
        _N("Correct the file and choose it again; nothing was saved."),
    ),
    "session has marks": (
        _N("This session has attendance marks."),
        _N("If it was not held, clear the marks first."),
    ),
}

problems.register(rules=RULES)
