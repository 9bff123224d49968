"""What leaves the program, to whom and where to; what is wrong with what was said of it."""

from dataclasses import dataclass

from cbs_desktop.errors import Fault

_LONGEST = 80  # characters of who gets it, and of the country

# Who gets people's data, in the order in which they are offered.
RECIPIENTS = ("own use", "facilitator", "ministry", "donor", "hospital", "other")
OWN_USE = RECIPIENTS[0]
PLACES = ("computer", "stick", "network", "printer")


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who gets it: one of `RECIPIENTS`, in words where it is another; the country when it leaves the office's own, else
    empty (Rwanda, Law 058/2021, art. 48 and 50)."""

    who: str = OWN_USE
    other: str = ""
    country: str = ""


OWN = Recipient()


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What leaves: a kind (`kinds.KINDS`), how many people it tells of, and for whom. No name of anybody, and no path."""

    kind: str
    people: int = 0
    to: Recipient = OWN


def recipient_faults(to: Recipient) -> list[Fault]:
    """What is wrong with who gets it."""
    faults: list[Fault] = []
    if to.who not in RECIPIENTS:
        faults.append(Fault("who", "not a choice"))
    if to.who == "other" and not to.other.strip():
        faults.append(Fault("other", "needed"))
    for field, text in (("other", to.other), ("country", to.country)):
        if len(text) > _LONGEST:
            faults.append(
                Fault(field, "too long", {"most": _LONGEST, "length": len(text)})
            )
    if to.who == OWN_USE and to.country.strip():
        faults.append(Fault("country", "own use stays here"))
    return faults
