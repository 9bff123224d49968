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
    "closed session": (
        _N("This mark of the session on {day} has stood for more than two weeks."),
        _N("It can be corrected with a reason: open the cell with F2."),
    ),
    "mark in use": (
        _N("The letter {letter} stands in registers of this programme."),
        _N("Keep the letter. Its words and what it counts as can be changed."),
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

# kind of Fault → sentence under the field
FAULTS: dict[str, str] = {
    "head count": _N("A head count is a number up to {most}."),
    "too many phases": _N("A session works on at most {most} phases."),
}

problems.register(rules=RULES, faults=FAULTS)
