"""Problems with printed pages and what is read from them, in words."""

from cbs_desktop import problems

_N = str  # marks a sentence for the catalogues; it is translated when it is said

# rule of RuleBroken → what, what to do
RULES: dict[str, tuple[str, str]] = {
    "no session to print": (
        _N("No session is planned for these weeks, or all of them were held."),
        _N("Choose another week, or a group and the session to begin with."),
    ),
}

problems.register(rules=RULES)
