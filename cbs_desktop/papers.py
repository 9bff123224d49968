"""The papers of a season: certificates, attendance registers, the graduation report. Read, compute, write."""

from collections.abc import Sequence
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cbs_desktop import clock
from cbs_desktop.attendance import documents as register_documents
from cbs_desktop.attendance import queries as attendance
from cbs_desktop.certificates import actions as certificate_actions
from cbs_desktop.certificates import documents as certificate_documents
from cbs_desktop.certificates import lists as certificate_lists
from cbs_desktop.certificates import looks as certificate_looks
from cbs_desktop.certificates import queries as certificates
from cbs_desktop.certificates.rules import Printable
from cbs_desktop.errors import DiskFull, Missing, ReadOnly
from cbs_desktop.groups import documents as group_documents
from cbs_desktop.groups import queries as groups
from cbs_desktop.groups import rosters
from cbs_desktop.programmes import queries as programmes
from cbs_desktop.reports import documents as report_documents
from cbs_desktop.reports import queries as reports
from cbs_desktop.reports.graduation import Graduation, Line
from cbs_desktop.screening import documents as screening_documents
from cbs_desktop.screening import queries as screening
from cbs_desktop.screening import safety
from cbs_desktop.words import _, language

if TYPE_CHECKING:
    from cbs_desktop.office import Office


def write_season(office: "Office", round_id: int, folder: Path) -> dict[str, str]:
    """Write certificates, registers and report into a folder; what was made and where."""
    register = office.ask(certificates.register, round_id)
    ids = [one.id for one in register if not one.withdrawn_on]
    found = office.ask(reports.graduation, round_id)
    made = {
        "certificates": (
            folder / "certificates.pdf",
            render(office, [p for _i, p in office.ask(certificates.printable, ids)]),
        ),
        "proof list": (folder / "proof-list.pdf", proof_list(office, round_id)),
        "certificate register": (
            folder / "certificate-register.pdf",
            certificate_register(office, round_id),
        ),
        "certificate register as a table": (
            folder / "certificate-register.xlsx",
            certificate_lists.register_sheet(_entries(office, round_id)),
        ),
        "registers": (folder / "registers.pdf", registers(office, round_id)),
        "report": (
            folder / "graduation.pdf",
            report_documents.pdf(as_report(office, found)),
        ),
        **group_papers(office, round_id, folder),
        "report as a table": (
            folder / "graduation.xlsx",
            report_documents.xlsx(as_report(office, found)),
        ),
    }
    for path, content in made.values():
        save(path, content)
    return {what: str(path) for what, (path, _content) in made.items()}


def group_papers(
    office: "Office", round_id: int, folder: Path
) -> dict[str, tuple[Path, bytes]]:
    """The lists of a round's groups: for the venue, for calling, for the facilitators; where each goes and what it is."""
    found = office.ask(rosters.rosters, round_id)
    made = {
        "group lists": group_documents.group_lists,
        "call list": group_documents.call_list,
        "facilitator sheets": group_documents.facilitator_sheets,
    }
    return {
        what: (
            folder / f"{what.replace(' ', '-')}.pdf",
            draw(found, office.title, office.practice),
        )
        for what, draw in made.items()
    }


def write_group_papers(office: "Office", round_id: int, folder: Path) -> dict[str, str]:
    """Write the lists of a round's groups into a folder; what was made and where."""
    made = group_papers(office, round_id, folder)
    for path, content in made.values():
        save(path, content)
    return {what: str(path) for what, (path, _content) in made.items()}


def save(path: Path, content: bytes) -> None:
    """Write a file that a person asked for. Problems: DiskFull, ReadOnly."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as problem:
        raise (DiskFull if problem.errno == 28 else ReadOnly)(
            folder=path.parent
        ) from problem


def sheet(office: "Office", programme: str = "") -> certificate_documents.Sheet:
    """What is the same on every certificate of this office: in the look of the programme of this title, if it has one."""
    looks = office.ask(certificate_looks.looks)
    key = next(
        (
            rules.key
            for _i, rules in office.ask(programmes.programmes)
            if rules.title == programme
        ),
        "",
    )
    return certificate_documents.Sheet(
        office=office.title,
        signers=tuple(office.ask(certificates.signatories)),
        look=looks.get(key, looks[certificate_looks.ALL]),
        practice=office.practice,
    )


def render(office: "Office", printables: Sequence[Printable]) -> bytes:
    """Certificates of one programme as one PDF."""
    return certificate_documents.render(
        printables, sheet(office, printables[0].programme if printables else "")
    )


def print_certificates(
    office: "Office",
    round_id: int,
    path: Path,
    reason: str,
    order: str = "number",
    group: str = "",
) -> int:
    """Write the standing certificates of a round, or of one of its groups, as one PDF and note the print; how many."""
    register = office.ask(certificates.register, round_id)
    ids = [
        one.id for one in register if not one.withdrawn_on and group in ("", one.group)
    ]
    if not ids:
        raise Missing(what="certificate", id=group)
    chosen = office.ask(certificates.printable, ids, order)
    content = render(office, [printable for _i, printable in chosen])
    office.do(certificate_actions.printed, ids, reason)
    save(path, content)
    return len(ids)


def proof_list(office: "Office", round_id: int) -> bytes:
    """The names of those who qualify as they will be printed, by group, to be read by the facilitators and signed."""
    led = {one.name: one.facilitators for one in office.ask(groups.groups, round_id)}
    found = [
        certificate_lists.ProofGroup(
            group, "", led.get(group, ()), tuple(one.printed_name for one in lines)
        )
        for group, lines in groupby(
            office.ask(certificates.proof_list, round_id), key=lambda one: one.group
        )
    ]
    return certificate_lists.proof_list(found, office.title, office.practice)


def _entries(office: "Office", round_id: int) -> list[certificate_lists.Entry]:
    return [
        certificate_lists.Entry(
            one.number,
            one.name,
            one.group,
            one.issued_on,
            "" if one.withdrawn_on else one.code,
            one.withdrawn_on,
        )
        for one in office.ask(certificates.register, round_id)
    ]


def certificate_register(office: "Office", round_id: int) -> bytes:
    """The register of the round's certificates, to sign for at handing out."""
    return certificate_lists.register(
        _entries(office, round_id), office.title, office.practice
    )


def write_proof_list(office: "Office", round_id: int, path: Path) -> None:
    """Write the proof list as PDF."""
    save(path, proof_list(office, round_id))


def write_certificate_register(office: "Office", round_id: int, path: Path) -> None:
    """Write the register as PDF, or as a spreadsheet with the whole codes when the name ends so."""
    as_sheet = path.suffix.lower() == ".xlsx"
    save(
        path,
        certificate_lists.register_sheet(_entries(office, round_id))
        if as_sheet
        else certificate_register(office, round_id),
    )


def registers(
    office: "Office", round_id: int, group_ids: Sequence[int] | None = None
) -> bytes:
    """The attendance registers of a round's groups as one PDF, a page per group."""
    found = next(one for one in office.ask(programmes.rounds) if one.id == round_id)
    leads = {one.id: one for one in office.ask(groups.groups, round_id)}
    wanted = [i for i in leads if group_ids is None or i in group_ids]
    sheets = [
        _register_sheet(office, found.name, leads[i], office.ask(attendance.grid, i))
        for i in wanted
    ]
    return register_documents.register(sheets, practice=office.practice)


def _register_sheet(
    office: "Office", round_name: str, group: groups.GroupRow, grid: attendance.Grid
) -> register_documents.RegisterSheet:
    marks = {
        (row.number, column.number): mark
        for row in grid.rows
        for column, mark in zip(grid.columns, row.marks, strict=True)
        if mark
    }
    return register_documents.RegisterSheet(
        office=office.title,
        round=round_name,
        group=group.name,
        place=grid.place,
        venue=group.venue,
        facilitators=group.facilitators,
        sessions=tuple(
            (column.number, column.day, column.phase) for column in grid.columns
        ),
        people=tuple((row.number, row.name) for row in grid.rows),
        marks=marks,
    )


def blank_form(office: "Office", key: str) -> bytes:
    """A questionnaire of the office to be filled in by hand; Missing when there is none, its own problem when it is wrong."""
    found = next(
        (one for one in office.ask(screening.questionnaires) if one.key == key), None
    )
    if found is None:
        raise Missing(what="instrument", id=key)
    if found.instrument is None:
        raise found.problem or Missing(what="instrument", id=key)
    return screening_documents.blank_form(
        found.instrument, office.title, language(), office.practice
    )


def referral_slip(office: "Office", card_id: int) -> bytes:
    """The slip of an open safety card; the directory tells phone and place of a service that is named in it."""
    card = next(
        (one for one in office.ask(safety.open_cards) if one.id == card_id), None
    )
    if card is None:
        raise Missing(what="safety card", id=card_id)
    to = card.card.referred_to
    known = next(
        (
            one.service
            for one in office.ask(safety.services)
            if one.service.name and to.startswith(one.service.name)
        ),
        None,
    )
    slip = screening_documents.Slip(
        office=office.title,
        day=clock.day_of(office.now()),
        number=card.number,
        name=card.name,
        to=known.name if known else to,
        phone=known.phone if known else "",
        place=known.place if known else "",
        again=card.card.see_again_on,
        practice=office.practice,
    )
    return screening_documents.referral_slip(slip)


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


def _cells(line: Line) -> tuple[str | int, ...]:
    return tuple(asdict(line).values())


def as_report(office: "Office", found: Graduation) -> report_documents.Report:
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
            "A graduate holds a certificate of this round that was not withdrawn. Youth and adult by the age at group start."
        ),
        _(
            "{community} community groups and {facility} groups in facilities; {enrolled} people enrolled."
        ).format(
            community=found.community_groups,
            facility=found.facility_groups,
            enrolled=found.enrolled,
        ),
        *checks,
    )
    table = report_documents.Table(
        title=_("Graduates by district, sex, age and setting"),
        columns=tuple(map(_, _HEADS)),
        rows=tuple(map(_cells, found.lines)),
        totals=total,
        notes=notes,
    )
    return report_documents.Report(
        office=office.title,
        title=_("Graduation report, round {round}").format(round=found.round.name),
        period=f"{found.round.plan.starts} – {found.round.plan.ends}",
        made_on=found.made_on,
        tables=(table,),
        practice=office.practice,
    )


def write_report(office: "Office", found: Graduation, path: Path) -> None:
    """Write the graduation report as PDF, or as a spreadsheet when the name ends so."""
    write(as_report(office, found), path)


def write(report: report_documents.Report, path: Path) -> None:
    """Write a report as PDF, or as a spreadsheet when the name ends so."""
    if path.suffix.lower() == ".xlsx":
        made = report_documents.xlsx
    else:
        made = report_documents.pdf
    save(path, made(report))


def as_document(found: Graduation) -> dict[str, Any]:
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
    return "\n".join(lines)
