"""Problems with places in words."""

from cbs_desktop import problems

_N = str  # marks a sentence for the catalogues; it is translated when it is said

# kind of Fault → sentence under the field
FAULTS: dict[str, str] = {
    "not a position": _N(
        "This is not a position: latitude goes from -90 to 90, longitude "
        "from -180 to 180, in degrees."
    ),
    "no such place": _N(
        "There is no such place in this office’s {level.districts}. Choose one from the list, "
        "or type it from the {level.district} down, with commas: Musanze, Cyuve."
    ),
}
# rule of RuleBroken → what, what to do
RULES: dict[str, tuple[str, str]] = {
    "not side by side": (
        _N(
            "Only two places beside one another, below a {level.district}, can become one."
        ),
        _N("Join the places above them first."),
    ),
    "name of another place": (
        _N("{name} beside it has this name already."),
        _N("Join the two places instead."),
    ),
}
FIELDS: dict[str, str] = {
    "latitude": _N("Latitude"),
    "longitude": _N("Longitude"),
    "kind": _N("Kind"),
    "until": _N("Last day"),
}

problems.register(faults=FAULTS, rules=RULES, fields=FIELDS)
