"""What checking a certificate found, in words: for the terminal and the screen."""

from cbs_desktop.certificates.trust import ListedOffice
from cbs_desktop.certificates.verification import Verdict
from cbs_desktop.text import write_day
from cbs_desktop.words import _, many

_N = str  # marks a sentence for the catalogues; it is translated when it is said

OLD = 90  # days, after which a list is said to be old
# state → head, and what it means
WORDS: dict[str, tuple[str, str]] = {
    "genuine": (
        _N("Genuine"),
        _N(
            "Signed by {office}. As far as this office knows, it has not "
            "been withdrawn."
        ),
    ),
    "genuine, erased": (
        _N("Genuine, and the holder has been erased"),
        _N(
            "Signed and issued by {office}. The register has the number alone: the holder has been erased."
        ),
    ),
    "altered": (
        _N("Altered"),
        _N("This code was altered, cut short or made up. Do not rely on this paper."),
    ),
    "revoked": (
        _N("Withdrawn"),
        _N("{office} withdrew this certificate on {day}. It is no longer valid."),
    ),
    "revoked key": (
        _N("Signed with a stolen key"),
        _N(
            "The key of {office} was revoked on {day}. Ask that office whether this number is in its register."
        ),
    ),
    "unknown key": (
        _N("Unknown signer"),
        _N(
            "It was not signed with any key known here. Import the latest "
            "list of the office named on the paper, then check again."
        ),
    ),
    "not in the register": (
        _N("Not in the register"),
        _N(
            "It was signed with this office’s key, but the register has no "
            "such certificate: issuing it was undone, or this is an older "
            "copy of the office. Check the printed register."
        ),
    ),
    "not a certificate": (
        _N("Not a certificate"),
        _N("This is not a code from one of our certificates."),
    ),
}


def head(found: Verdict) -> str:
    """The state in a word or two."""
    return _(WORDS[_key(found)][0])


def meaning(found: Verdict) -> str:
    """What the state means, and of when that knowledge is."""
    day = write_day(found.withdrawn_on) if found.withdrawn_on else ""
    parts = [_(WORDS[_key(found)][1]).format(office=found.issuer, day=day)]
    if found.replaced_by:
        parts.append(_("It was replaced by {number}.").format(number=found.replaced_by))
    if found.issuer:
        parts.append(age(found))
    return " ".join(parts)


def age(found: Verdict) -> str:
    """How old the list is that was looked into."""
    if found.listed_on is None or found.age is None:
        return _("Checked against this office’s own current register.")
    days = many("{n} day old", "{n} days old", found.age)
    said = _("Checked against the list of {day}, {days}.").format(
        day=write_day(found.listed_on), days=days
    )
    if found.age > OLD:
        return f"{said} {_('That list is old: ask for a newer one.')}"
    return said


def facts(found: Verdict) -> list[tuple[str, str]]:
    """What the code says, as word and value; nothing when it could not be read."""
    said = found.facts
    if said is None:
        return []
    rows = [
        (_("Number"), said.number),
        (_("Name"), said.name),
        (_("Programme"), said.programme),
        (_("Sessions"), _("{n} of {held}").format(n=said.attended, held=said.held)),
        (_("Completed"), write_day(said.completed_on)),
        (_("Issued"), write_day(said.issued_on)),
        (_("Place"), said.place),
        (_("Office"), said.office or found.issuer),
    ]
    return [row for row in rows if row[1]]


def listed(one: ListedOffice) -> str:
    """A list that is here, in one line."""
    if not one.number:
        return _("{office}: this office’s own register").format(office=one.office)
    days = many("{n} day old", "{n} days old", one.age)
    said = _("{office}: list {number} of {day}, {days}")
    return said.format(
        office=one.office, number=one.number, day=write_day(one.made_on), days=days
    )


def _key(found: Verdict) -> str:
    if found.by_key:
        return "revoked key"
    if found.erased:
        return "genuine, erased"
    return found.state
