"""The everyday lists: whom each is about, its columns and its order, and the words of them on paper and in spreadsheets.

Never background, scores, keep-apart, ID numbers or facility: a column that is not in COLUMNS cannot be chosen.
"""

from dataclasses import dataclass

_N = str  # marks a word for the catalogues; it is translated when it is shown

# key of a column → its head
COLUMNS = {
    "number": _N("Number"), "name": _N("Name"), "sex": _N("Sex"), "age": _N("Age"), "born": _N("Year of birth"),
    "place": _N("Lives in"), "phone": _N("Phone"), "phone_of": _N("Phone belongs to"), "state": _N("Status"),
    "group": _N("Group"), "consent": _N("Consent"), "registered": _N("Registered on"),
    "reason": _N("Reason"), "since": _N("Waiting since"), "days": _N("Days"),
}  # fmt: skip
OF_WAITING = ("reason", "since", "days")  # of the waiting list only
CHOOSABLE = tuple(key for key in COLUMNS if key not in OF_WAITING)
# the levels of a place that a list may show, from the district down
LEVELS = {
    2: _N("District"),
    3: _N("Down to the sector"),
    4: _N("Down to the cell"),
    5: _N("Whole path"),
}
# what a list is divided by → the word
DIVIDED = {
    "": _N("Not divided"),
    "sector": _N("By sector"),
    "cell": _N("By cell"),
    "group": _N("By group"),
}
SECTOR, CELL = _N("Sector"), _N("Cell")
STATE_WORDS = {
    "new": _N("Not yet screened"), "to decide": _N("To decide"), "sociotherapy": _N("Eligible, no group"),
    "in group": _N("In group"), "graduated": _N("Graduated"), "waiting": _N("Waiting"), "refer": _N("Referred"),
    "multifamily": _N("Multifamily"), "resilience": _N("Resilience group"), "other": _N("Other pathway"),
    "left": _N("Left"), "no consent": _N("In group, no consent"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ListKind:
    """A list: its title, its columns, what it is divided by, the level of place shown, and whom it is about: people in
    `state`, else all who have not left. `named`: it names people."""

    title: str
    columns: tuple[str, ...]
    divided: str = ""
    level: int = 5
    state: str = ""
    named: bool = True


KINDS = {
    "by-sector": ListKind(
        _N("People by sector"),
        ("number", "name", "sex", "age", "place", "group", "state"),
        "sector",
    ),
    "not-screened": ListKind(
        _N("Not yet screened"),
        ("number", "name", "sex", "age", "place", "phone", "registered"),
        "sector",
        state="new",
    ),
    "waiting": ListKind(
        _N("Waiting list"),
        ("number", "name", "sex", "age", "place", "reason", "since", "days"),
        level=3,
        state="waiting",
    ),
    "phones": ListKind(
        _N("Phone list"),
        ("number", "name", "phone", "phone_of", "place", "group"),
        "sector",
    ),
    "groups": ListKind(
        _N("Who is in which group"),
        ("number", "name", "sex", "age", "place"),
        "group",
        state="in group",
    ),
    "ages": ListKind(
        _N("Ages without names"),
        ("sex", "born", "age", "place"),
        level=3,
        named=False,
    ),
    "own": ListKind(_N("Own list"), ("number", "name", "sex", "age", "place")),
}
NAMELESS = ("sex", "born", "age", "place")  # all that a list without names may show
