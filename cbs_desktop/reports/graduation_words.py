"""The graduation report in words and figures: for paper, spreadsheet and terminal."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from cbs_desktop.exports.files import write
from cbs_desktop.exports.rules import Outgoing
from cbs_desktop.reports import documents
from cbs_desktop.reports.graduation import Graduation, ReportLine
from cbs_desktop.words import _, many

if TYPE_CHECKING:
    from cbs_desktop.office import Office


_HEADS = (
    "District",
    "Graduates",
    "Women",
    "Men",
    "Youth",
    "Adults",
    "Age unknown",
    "Community",
    "Facility",
    "F women",
    "F men",
)


def _cells(line: ReportLine) -> tuple[str | int, ...]:
    return tuple(asdict(line).values())


_NAMED = 12  # certificates in question that are named one by one


def in_question(found: Graduation) -> list[str]:
    """The certificates that count here though the records say something else, in words."""
    numbers = found.in_question
    if not numbers:
        return []
    said = many(
        "{n} certificate counted here differs from the attendance records:",
        "{n} certificates counted here differ from the attendance records:",
        len(numbers),
    )
    named = ", ".join(numbers[:_NAMED])
    if len(numbers) > _NAMED:
        named += ", …"
    return [f"{said} {named}"]


def as_report(office: "Office", found: Graduation) -> documents.Report:
    """The graduation report for paper and spreadsheet."""
    total = ("Total", *_cells(found.total)[1:])
    checks = [
        _("{what} = {parts}; total {total}: {verdict}").format(
            what=_(c.what),
            parts=c.parts,
            total=c.total,
            verdict=_("adds up") if c.fits else _("DOES NOT ADD UP"),
        )
        for c in found.checks
    ]
    notes = (
        _(
            "A graduate holds a certificate from this round that has not "
            "been withdrawn. Youth or adult by age at the start of the "
            "group."
        ),
        _(
            "{community} community groups and {facility} groups in facilities; {enrolled} people enrolled."
        ).format(
            community=found.community_groups,
            facility=found.facility_groups,
            enrolled=found.enrolled,
        ),
        *in_question(found),
        *checks,
    )
    table = documents.ReportTable(
        title=_("Graduates by district, sex, age and setting"),
        columns=tuple(map(_, _HEADS)),
        rows=tuple(map(_cells, found.lines)),
        totals=total,
        notes=notes,
    )
    return documents.Report(
        office=office.title,
        title=_("Graduation report, round {round}").format(round=found.round.name),
        period=f"{found.round.plan.starts} – {found.round.plan.ends}",
        made_on=found.made_on,
        tables=(table,),
        practice=office.practice,
        journal=office.journal_code,
    )


def report_content(office: "Office", found: Graduation, suffix: str) -> bytes:
    """The file of the graduation report by the ending of its name: .xlsx, else PDF."""
    return documents.content(as_report(office, found), suffix)


def write_report(office: "Office", found: Graduation, path: Path) -> bool:
    """Write the graduation report as PDF, or as a spreadsheet when the name ends so; whether it could be noted."""
    content = report_content(office, found, path.suffix)
    return write(office, Outgoing("graduation report"), {path: content})


def as_document(found: Graduation) -> dict[str, object]:
    """The graduation report as one JSON document."""
    return {
        "report": "graduation",
        "round": found.round.name,
        "made_on": found.made_on,
        "districts": [asdict(line) for line in found.lines],
        "total": asdict(found.total),
        "groups": {
            "community": found.community_groups,
            "facility": found.facility_groups,
        },
        "enrolled": found.enrolled,
        "checks": [{**asdict(check), "fits": check.fits} for check in found.checks],
        "in_question": list(found.in_question),
        "well": all(check.fits for check in found.checks),
    }


def as_text(found: Graduation) -> str:
    """The graduation report for the terminal."""
    rows = [_HEADS, *map(_cells, found.lines), ("Total", *_cells(found.total)[1:])]
    widths = [max(len(str(row[i])) for row in rows) for i in range(len(_HEADS))]
    lines = [
        "  ".join(
            str(cell).ljust(w) if i == 0 else str(cell).rjust(w)
            for i, (cell, w) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]
    return "\n".join([*lines, *in_question(found)])
