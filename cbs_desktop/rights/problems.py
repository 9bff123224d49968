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
    "not due": (
        _N("These answers may still be kept, or somebody asks for them now."),
        _N("Look at the list again."),
    ),
    "answered": (_N("This request has been answered already."), ""),
}

# kind of a request → what was asked, as the letter that answers it says
ASKED: dict[str, str] = {
    "access": _N("to see everything that this office holds about you"),
    "correct": _N("to have your data corrected"),
    "restrict": _N("that your data are kept and not used"),
    "erase": _N("that your data are erased"),
    "object": _N("that your data are not used for something to which you object"),
    "portability": _N("to take your data elsewhere"),
}

# reason of a refusal → the letter's words, after "because"
BECAUSE: dict[str, str] = {
    "not this person": _N(
        "we could not make sure that you are this person, or may act for them"
    ),
    "law requires keeping": _N("the law requires us to keep these data"),
    "legal claim": _N("the data are needed for a legal claim"),
    "rights of others": _N("it would harm the rights of other people"),
    "already answered": _N("we have answered the same request already"),
}

# what was destroyed → how its record begins
DESTROYED: dict[str, str] = {
    "answers": _N(
        "Answers of questionnaires, second entries, safety follow-ups and reasons of decisions"
    ),
    "identity": _N("Names and everything else that tells who a person is"),
    "copies": _N("Copies of the office that held people who were erased"),
}

# field of a Fault → its name
FIELDS: dict[str, str] = {
    "kind": _N("What is asked"),
    "received_on": _N("Received on"),
    "from_whom": _N("Asked by"),
    "mode": _N("How it was asked"),
    "answer": _N("Answer"),
    "refusal": _N("Reason of the refusal"),
    "keep answers": _N("Answers of questionnaires"),
    "keep identity": _N("Who a person is"),
}

problems.register(rules=RULES, fields=FIELDS)
