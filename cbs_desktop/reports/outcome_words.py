"""The outcome report in words and figures, as the literature writes them: for paper, spreadsheet, screen and terminal."""

from dataclasses import asdict
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from cbs_desktop.reports.documents import Bars, Report, ReportTable
from cbs_desktop.reports.outcomes import FEWEST, OutcomeRow, Outcomes
from cbs_desktop.screening import change
from cbs_desktop.screening.change import Spread
from cbs_desktop.screening.instrument import ChangeRule, Cutoff, pick
from cbs_desktop.words import _, language, many

if TYPE_CHECKING:
    from cbs_desktop.office import Office

_N = str  # marks a sentence for the catalogues; it is translated when it is said
OCCASIONS = {
    "screening": _N("Screening"),
    "midline": _N("Midline"),
    "endline": _N("Endline"),
    "follow-up": _N("Follow-up"),
}

HEADS = (
    _N("Who"), _N("n before"), _N("Mean (SD) before"), _N("n after"), _N("Mean (SD) after"), _N("Pairs"),
    _N("Mean change"), _N("Effect"), _N("At cut-off before"), _N("At cut-off after"), _N("Better"), _N("No clear change"),
    _N("Worse"),
)  # fmt: skip
_WIDTHS = (100, 42, 62, 42, 62, 40, 50, 44, 76, 76, 44, 56, 44)
_SIGNS = {">=": "≥", "<=": "≤"}


def figure(value: float | None, decimals: int, signed: bool = False) -> str:
    """A figure with so many decimals, halves away from nought; a dash where there is none."""
    if value is None:
        return "–"
    exact = Decimal(str(round(value, 9))).quantize(
        Decimal(1).scaleb(-decimals), ROUND_HALF_UP
    )
    if signed:
        return f"{exact:+f}".replace("-", "−")
    return f"{exact:f}"


def spread(one: Spread) -> str:
    """Mean (SD), each with two decimals."""
    if one.n:
        return f"{figure(one.mean, 2)} ({figure(one.sd, 2)})"
    return "–"


def share(reached: int, of: int) -> str:
    """So many of so many, and the share."""
    if of:
        return f"{reached} / {of} ({figure(100 * reached / of, 0)}%)"
    return "–"


def who(row: OutcomeRow) -> str:
    """Whom a row is about."""
    words = {
        "all": _("In groups"),
        "women": _("Women in groups"),
        "men": _("Men in groups"),
        "without": _("Without a group"),
    }
    return words.get(row.kind, row.name)


def cells(row: OutcomeRow) -> tuple[str, ...]:
    """A row of the report. Below five pairs only the numbers of people are told."""
    s = row.summary
    if row.withheld:
        few = _("fewer than {n} pairs").format(n=FEWEST)
        return (
            who(row),
            str(s.before.n),
            "–",
            str(s.after.n),
            "–",
            str(s.pairs),
            few,
            *["–"] * 6,
        )
    return (
        who(row),
        str(s.before.n),
        spread(s.before),
        str(s.after.n),
        spread(s.after),
        str(s.pairs),
        figure(s.change.mean, 1, signed=True),
        figure(s.effect, 3),
        share(s.before.reached, s.before.of),
        share(s.after.reached, s.after.of),
        str(s.better),
        str(s.same),
        str(s.worse) if not s.unknown else "–",
    )


def notes(found: Outcomes) -> tuple[str, ...]:
    """What the figures mean, which cut-off and rule of change were used, and what to be careful about."""
    better = {"lower": _("Lower is better."), "higher": _("Higher is better.")}[
        found.score.better
    ]
    said = [
        better
        + " "
        + _("Mean change: after minus before, for the same people (pairs).")
    ]
    said.append(
        _("Effect: mean improvement, in standard deviations of the score before.")
    )
    said += _by_sex(found.cutoffs, _cutoff)
    said += _by_sex(found.changes, _rule)
    if any(row.summary.small and not row.withheld for row in found.rows):
        what = _(
            "Fewer than {n} pairs: interpret this mean with care; one "
            "person can shift it."
        )
        said.append(what.format(n=change.SMALL))
    if any(row.withheld for row in found.rows):
        said.append(
            _(
                "Fewer than {n} pairs: figures are withheld because they "
                "could identify one person."
            ).format(n=FEWEST)
        )
    if found.left_out:
        said.append(
            many(
                "{n} person without consent for screening is left out.",
                "{n} people without consent for screening are left out.",
                found.left_out,
            )
        )
    if found.destroyed:
        said.append(
            many(
                "The answers of {n} person were destroyed after their time and are left out.",
                "The answers of {n} people were destroyed after their time and are left out.",
                found.destroyed,
            )
        )
    said.append(
        _("A questionnaire shows how people say they feel. It is not a diagnosis.")
    )
    return tuple(said)


def _by_sex(pairs: Any, words: Any) -> list[str]:
    """One sentence when it is the same for both sexes, else one for each."""
    (_f, woman), (_m, man) = pairs
    if woman == man:
        return [words(woman)]
    return [
        _("Women: {what}").format(what=words(woman)),
        _("Men: {what}").format(what=words(man)),
    ]


def _cutoff(cutoff: Cutoff | None) -> str:
    if cutoff is None:
        return _("There is no cut-off.")
    sign = _SIGNS.get(cutoff.operator, cutoff.operator)
    return _("Cut-off {operator} {value} ({set}; {source}).").format(
        operator=sign,
        value=f"{cutoff.value:f}",
        set=cutoff.basis.set,
        source=cutoff.basis.source,
    )


def _rule(rule: ChangeRule | None) -> str:
    if rule is None:
        return _("There is no rule for when a change is more than chance.")
    if rule.points is not None:
        return _("A change of {n} points or more counts ({source}).").format(
            n=f"{rule.points:f}", source=rule.source
        )
    n = figure(change.index(rule), 2)
    return _(
        "A change counts if it is greater than {n} (reliable change index; {source})."
    ).format(n=n, source=rule.source)


def bars(row: OutcomeRow) -> Bars:
    """What a district officer sees at once: how many reach the cut-off before and after, and how many changed."""
    s = row.summary
    before, after, of = s.reached
    return Bars(
        title=many(
            "{n} person before and after", "{n} people before and after", s.pairs
        ),
        shares=((_("Before"), before, of), (_("After"), after, of)),
        meaning=_("reach the cut-off"),
        parts=(
            (_("Better"), s.better),
            (_("No clear change"), s.same),
            (_("Worse"), s.worse),
        )
        if not s.unknown
        else (),
    )


def report(office: "Office", found: Outcomes) -> Report:
    """The outcome report for paper and spreadsheet."""
    title = pick(found.instrument.title, language())
    table = ReportTable(
        title=f"{title}: {pick(found.score.title, language())}",
        columns=tuple(map(_, HEADS)),
        rows=tuple(cells(row) for row in found.rows),
        notes=notes(found),
        widths=_WIDTHS,
    )
    if found.rows and found.rows[0].kind == "all" and not found.rows[0].withheld:
        whole = found.rows[0]
    else:
        whole = None
    return Report(
        office=office.title,
        title=_("Before and after, round {round}").format(round=found.round.name),
        period=f"{_(OCCASIONS[found.before])} – {_(OCCASIONS[found.after])}",
        made_on=found.made_on,
        tables=(table,),
        practice=office.practice,
        journal=office.journal_code,
        bars=bars(whole) if whole else None,
    )


def document(found: Outcomes) -> dict[str, object]:
    """The outcome report as one JSON document, with the figures as printed."""
    return {
        "report": "outcomes",
        "round": found.round.name,
        "made_on": found.made_on,
        "instrument": found.instrument.key,
        "version": found.instrument.version,
        "score": found.score.key,
        "before": found.before,
        "after": found.after,
        "rows": [
            {
                "kind": row.kind,
                "name": row.name,
                "withheld": row.withheld,
                "printed": dict(zip(HEADS[1:], cells(row)[1:], strict=True)),
                "figures": None if row.withheld else asdict(row.summary),
            }
            for row in found.rows
        ],
        "notes": notes(found),
    }


def text(found: Outcomes) -> str:
    """The outcome report for the terminal."""
    lines = [tuple(map(_, HEADS)), *(cells(row) for row in found.rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(HEADS))]
    table = [
        "  ".join(
            cell.ljust(w) if not i else cell.rjust(w)
            for i, (cell, w) in enumerate(zip(line, widths, strict=True))
        )
        for line in lines
    ]
    return "\n".join((*table, "", *notes(found)))
