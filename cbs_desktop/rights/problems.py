"""Problems with the rights of people in words."""

from cbs_desktop import problems

_N = str  # marks a sentence for the catalogues; it is translated when it is said

# rule of RuleBroken → what, what to do
RULES: dict[str, tuple[str, str]] = {
    "erased since": (
        _N(
            "What this changed is no longer in the journal: it was erased, or has been sealed since."
        ),
        _N("It cannot be taken back."),
    ),
    "another coordinator": (
        _N("You took this request in yourself."),
        _N("Another coordinator carries the erasure out."),
    ),
    "password first": (
        _N("You are the only coordinator of this office."),
        _N("Confirm the erasure with your password."),
    ),
    "answered": (_N("This request has been answered already."), ""),
}

# field of a Fault → its name
FIELDS: dict[str, str] = {
    "kind": _N("What is asked"),
    "received_on": _N("Received on"),
    "from_whom": _N("Asked by"),
    "mode": _N("How it was asked"),
    "answer": _N("Answer"),
    "refusal": _N("Reason of the refusal"),
}

problems.register(rules=RULES, fields=FIELDS)
