"""What groups answer to a person, in words: why not, and what the balance says."""

from cbs_desktop.words import _

_N = str  # marks a word for the catalogues; it is translated when it is shown
REFUSALS = {
    "keep apart": (_N("Keep apart"), _N("{name} must not be in group {group}.")),
    "group full": (_N("Full"), _N("Group {group} is full.")),
    "other pool": (
        _N("Different place"),
        _N("Group {group} is for a different place or track."),
    ),
    "keep together": (
        _N("Together"),
        _N(
            "{name} stays together with others, and group {group} cannot take them all."
        ),
    ),
    "too far": (
        _N("Too far"),
        _N("Somebody in group {group} lives too far from {name}."),
    ),
    "no common day": (
        _N("No day"),
        _N("There is no day on which {name} and everybody in group {group} can come."),
    ),
    "no common language": (
        _N("No language"),
        _N("Group {group} and {name} have no language in common."),
    ),
}
PARTS = {
    "sexes": _N("balance of sexes"), "backgrounds": _N("backgrounds"), "alone": _N("nobody isolated"),
    "support": _N("support needs"), "ages": _N("ages"), "distance": _N("travel"), "size": _N("size"),
}  # fmt: skip


def balance_words(extra: float, parts: tuple[tuple[str, float], ...] = ()) -> str:
    """What a move does to the balance, and which parts of it weigh most."""
    words = short_balance(extra)
    told = weightiest(parts)
    if told:
        return f"{words} ({told})"
    return words


def weightiest(parts: tuple[tuple[str, float], ...], most: int = 3) -> str:
    """The parts of the balance that change most: less is worse."""
    weighty = sorted(
        (each for each in parts if abs(each[1]) >= 0.05), key=lambda each: -abs(each[1])
    )[:most]
    return ", ".join(
        f"{_(PARTS[part])} {-lost:+.1f}".replace("-", "−") for part, lost in weighty
    )


def short_balance(extra: float) -> str:
    """What a move does to the balance."""
    if abs(extra) < 0.05:
        return _("balance unchanged")
    return (
        _("balance worse by {n:.1f}") if extra > 0 else _("balance better by {n:.1f}")
    ).format(n=abs(extra))
