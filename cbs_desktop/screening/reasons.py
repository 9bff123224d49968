"""The reasons for and against a way, in words."""

from decimal import Decimal

from cbs_desktop.screening import instrument_store
from cbs_desktop.screening.instrument import pick
from cbs_desktop.screening.pathway import Reason
from cbs_desktop.words import _, language

_N = str  # marks a sentence for the catalogues; it is translated when it is said

# code → what is said when it holds, when it does not, and when it cannot be told
_SENTENCES: dict[str, tuple[str, str, str]] = {
    "risk told": (
        _N("{instrument}: risk question {numbers} was answered; help comes first."),
        "",
        "",
    ),
    "age_from": (
        _N("{age} years old at the start: meets the minimum age of {value}."),
        _N("{age} years old at the start: below the minimum age of {value}."),
        _N("Age unknown: the minimum age is {value}."),
    ),
    "age_to": (
        _N("{age} years old at the start: within the maximum age of {value}."),
        _N("{age} years old at the start: above the maximum age of {value}."),
        _N("Age unknown: the maximum age is {value}."),
    ),
    "residence": (
        _N("Lives in one of the office’s districts."),
        _N("Lives outside the office’s districts."),
        "",
    ),
    "first_time": (
        _N("First participation."),
        _N("Took part before: {rounds}."),
        "",
    ),
    "inside_until_end": (
        _N("Can attend until the last session."),
        _N("Expected release on {day}, before the last session on {last}."),
        _N(
            "In a facility with an unknown release date; the last session is on {last}."
        ),
    ),
    "score": (
        _N("{instrument}: {value} reaches the cut-off ({operator} {cutoff}{source})."),
        _N(
            "{instrument}: {value} does not reach the cut-off ({operator} {cutoff}{source})."
        ),
        "",
    ),
    "rule": (
        _N("{instrument}: the rule is met."),
        _N("{instrument}: the rule is not met."),
        _N("{instrument}: whether the rule is met depends on unanswered questions."),
    ),
    "incomplete": (
        "",
        "",
        _N("{instrument}: incomplete, so there is no score (not answered: {numbers})."),
    ),
    "no cut-off": (
        "",
        "",
        _N("{instrument}: {value}; no cut-off applies to this person."),
    ),
    "need": (
        _N("Reported needs: {needs}."),
        _N("None of the needs this serves was reported."),
        "",
    ),
    "not taken": ("", "", _N("{instrument} was not filled in.")),
}


def say(reason: Reason) -> str:
    """A reason as one sentence; empty when there is nothing to be said."""
    holds, fails, unknown = _SENTENCES[reason.code]
    if reason.holds is None:
        sentence = unknown
    elif reason.holds:
        sentence = holds
    else:
        sentence = fails
    facts = {key: _plain(key, value) for key, value in reason.facts.items()}
    facts.setdefault("instrument", _("The needs list"))
    facts["source"] = f", {facts['source']}" if facts.get("source") else ""
    if sentence:
        return _(sentence).format(**facts)
    return ""


def _plain(key: str, value: object) -> str:
    if isinstance(value, dict):
        return pick(value, language())
    if isinstance(value, tuple):
        return ", ".join(_(str(one)) for one in value)
    if key == "instrument":
        return pick(instrument_store.instrument(str(value)).title, language())
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, str):
        return {">=": "≥", "<=": "≤"}.get(value, str(value))
    return str(value)
