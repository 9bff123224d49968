"""What a person was over time, and how sure their age is, in words."""

from cbs_desktop.overview.roles import RoleSpan
from cbs_desktop.overview.roster import Record
from cbs_desktop.words import _
from ui.vocabulary import full_day

_N = str  # marks a word for the catalogues; it is translated when it is shown
_OUTCOMES = {
    "graduated": _N("graduated"),
    "in the group": _N("in the group"),
    "no certificate": _N("no certificate"),
    "active": _N("leads groups now"),
    "inactive": _N("does not lead now"),
}
_BANDS = {"youth": _N("youth"), "adult": _N("adult"), "unknown": _N("age not known")}


def role_facts(roles: tuple[RoleSpan, ...]) -> list[tuple[str, str]]:
    """A line for every role, the oldest first."""
    facts: list[tuple[str, str]] = []
    for span in roles:
        facts.append((_role(span), _told(span)))
    return facts


def _role(span: RoleSpan) -> str:
    if span.role == "facilitator":
        return _("Facilitator")
    return _("Round {name}").format(name=span.round)


def _told(span: RoleSpan) -> str:
    outcome = _(_OUTCOMES.get(span.outcome, span.outcome))
    if span.role == "participant":
        band = _(_BANDS.get(span.band, span.band))
        words = _("participant ({band} at the start), group {group}: {outcome}")
        return words.format(band=band, group=span.group, outcome=outcome)
    if span.since is None:
        return outcome
    words = _("since {day}; {outcome}")
    return words.format(day=full_day(span.since), outcome=outcome)


def age_words(record: Record) -> str:
    """The age with its certainty: from the day of birth, from the year alone, or estimated and when."""
    years = record.row.age
    if years is None:
        return _("age not known")
    if record.certainty == "estimate":
        if record.estimated_on is None:
            return _("about {n}, estimated").format(n=years)
        words = _("about {n}, estimated in {year}")
        return words.format(n=years, year=record.estimated_on.year)
    if record.certainty == "year" and years > 0:
        words = _("{less} or {n} years, only the year of birth is known")
        return words.format(less=years - 1, n=years)
    return _("{n} years").format(n=years)
