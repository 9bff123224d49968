"""What one sheet says, for those who hold the key: score, bands, every cut-off with its source; never a diagnosis."""

from PySide6.QtWidgets import QWidget

from cbs_desktop.screening.instrument import Basis, pick
from cbs_desktop.screening.results import Result
from cbs_desktop.screening.scoring import InBand, Scored
from cbs_desktop.words import _, language
from ui.vocabulary import OCCASIONS, full_day
from ui.widgets.parts import Chip, Part, label, line, rows, sheet

_SIGNS = {">=": "≥", "<=": "≤"}


def shown(found: Result) -> QWidget:
    """A panel with all that a sheet says."""
    form = found.instrument
    outcome = found.outcome
    title = f"{pick(form.title, language())} · {_(OCCASIONS[found.occasion])} · {full_day(found.taken_on)}"
    parts: list[Part] = [label(title, "strong", wrap=True)]
    if outcome.risk:
        told = ", ".join(
            f"{n} ({pick(form.item(n).risk, language())})" for n in outcome.risk
        )
        parts.append(
            Chip("stop", _("Risk question {numbers} answered").format(numbers=told))
        )
    elif outcome.risk_blank:
        blank = ", ".join(
            f"{n} ({pick(form.item(n).risk, language())})" for n in outcome.risk_blank
        )
        parts.append(
            Chip(
                "stop", _("Risk question {numbers} not answered").format(numbers=blank)
            )
        )
    elif any(item.risk for item in form.items):
        parts.append(
            label(
                _(
                    "No risk question was answered yes. That does not rule "
                    "out risk: look and ask."
                ),
                "small",
                wrap=True,
            )
        )
    for place, scored in enumerate(outcome.scores):
        parts += _score(found, scored, first=place == 0)
    parts += _rules(found)
    if form.scores and outcome.blank:
        parts.append(
            label(
                _("Not answered on the paper: {n}").format(
                    n=", ".join(map(str, outcome.blank))
                ),
                "small",
            )
        )
    if any(item.need for item in form.items):
        needs = ", ".join(_(need) for need in outcome.needs) or _("none")
        parts.append(label(_("Reported needs: {needs}").format(needs=needs), wrap=True))
    typed = _("Typed by {who}. Version {version} of the questionnaire.").format(
        who=found.typed_by, version=form.version
    )
    parts.append(label(typed, "small", wrap=True))
    return sheet(rows(*parts, gap=5, margin=(14, 10, 14, 10)), "sealed")


def _score(found: Result, scored: Scored, first: bool) -> list[Part]:
    title = pick(scored.score.title, language())
    if scored.value is None:
        return [Chip("warn", _("{title}: incomplete, no score").format(title=title))]
    low, high = found.instrument.span(scored.score)
    value = label(f"{scored.value:f}", "figure" if first else "strong")
    span = label(
        _("{title}, of {low} to {high}").format(
            title=title, low=f"{low:f}", high=f"{high:f}"
        ),
        "second",
    )
    parts: list[Part] = [line(value, span, None, gap=8)]
    if scored.prorated:
        numbers = ", ".join(map(str, scored.blank))
        parts.append(
            label(
                _(
                    "Estimated from the other questions for those not answered: {n}"
                ).format(n=numbers),
                "small",
            )
        )
    parts += [_band(here) for here in scored.bands]
    for held in scored.held:
        cutoff = held.cutoff
        sign = _SIGNS.get(cutoff.operator, cutoff.operator)
        facts = {"operator": sign, "value": f"{cutoff.value:f}"}
        if held.reached:
            reached = _("reaches {operator} {value}")
        else:
            reached = _("does not reach {operator} {value}")
        parts.append(
            _against(
                "info" if held.reached else "quiet",
                reached.format(**facts),
                cutoff.basis,
            )
        )
    if first and not scored.held and not scored.bands:
        parts.append(
            label(_("There is no cut-off for this questionnaire."), "small", wrap=True)
        )
    return parts


def _band(here: InBand) -> Part:
    """The word of a set of bands that counts; of another published set, what it would say."""
    words = pick(here.word, language())
    basis = here.bands.basis
    if here.bands.counts:
        return _against("quiet", words, basis)
    told = _(
        "For information, not counted: “{words}” by another published set ({source})"
    )
    return label(told.format(words=words, source=basis.source), "small", wrap=True)


def _rules(found: Result) -> list[Part]:
    words = {
        True: _("met"),
        False: _("not met"),
        None: _("cannot be determined: questions were not answered"),
    }
    return [
        _against(
            "info" if one.met else "quiet",
            _("{rule}: {verdict}").format(
                rule=pick(one.rule.title, language()), verdict=words[one.met]
            ),
            one.rule.basis,
        )
        for one in found.outcome.rules
    ]


def _against(kind: str, verdict: str, basis: Basis) -> Part:
    """A verdict with where it comes from and for whom it was found."""
    facts = [
        basis.set,
        pick(basis.note, language()),
        pick(basis.population, language()),
        basis.source,
    ]
    source = label(" · ".join(filter(None, facts)), "small", wrap=True)
    box = line(Chip(kind, verdict), gap=8)
    box.addWidget(source, 1)
    return box
