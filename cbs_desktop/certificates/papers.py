"""Certificates and the lists around them for an office: what is asked, rendered, and noted as printed."""

from collections.abc import Callable, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from cbs_desktop.certificates import (
    actions,
    batch,
    documents,
    list_documents,
    looks,
    queries,
)
from cbs_desktop.certificates.rules import Printable
from cbs_desktop.errors import Missing
from cbs_desktop.exports.files import write
from cbs_desktop.exports.rules import Outgoing
from cbs_desktop.groups import queries as groups
from cbs_desktop.programmes import queries as programmes

if TYPE_CHECKING:
    from cbs_desktop.office import Office


def sheet(office: "Office", programme: str = "") -> documents.PrintSettings:
    """What is the same on every certificate of this office: in the look of the programme of this title, if it has one."""
    every = office.ask(looks.looks)
    key = next(
        (
            rules.key
            for _i, rules in office.ask(programmes.programmes)
            if rules.title == programme
        ),
        "",
    )
    return documents.PrintSettings(
        office=office.title,
        signers=tuple(office.ask(queries.signatories)),
        look=every.get(key, every[looks.ALL]),
        practice=office.practice,
    )


def render(office: "Office", printables: Sequence[Printable]) -> bytes:
    """Certificates of one programme as one PDF; RuleBroken when one of them cannot be drawn."""
    return documents.render(printables, _sheet_of(office, printables))


def render_batch(office: "Office", pages: Sequence[batch.Page]) -> batch.Batch:
    """Certificates of one programme as one PDF, without those that cannot be drawn."""
    return batch.render(pages, _sheet_of(office, [one for _id, one in pages]))


def _sheet_of(
    office: "Office", printables: Sequence[Printable]
) -> documents.PrintSettings:
    return sheet(office, printables[0].programme if printables else "")


def print_certificates(
    office: "Office",
    round_id: int,
    path: Path,
    reason: str,
    order: str = "number",
    group: str = "",
) -> batch.Batch:
    """Write the standing certificates of a round, or of one of its groups, as one PDF and note the print of each page."""
    register = office.ask(queries.register, round_id)
    ids = [
        one.id for one in register if not one.withdrawn_on and group in ("", one.group)
    ]
    if not ids:
        raise Missing(what="certificate", id=group)
    chosen = office.ask(queries.printable, ids, order)
    made = render_batch(office, chosen)
    office.do(actions.printed, made.ids, reason)
    write(office, Outgoing("certificates", len(made.ids)), {path: made.content})
    return made


def proof_list(office: "Office", round_id: int) -> bytes:
    """The names of those who qualify as they will be printed, by group, to be read by the facilitators and signed."""
    led = {one.name: one.facilitators for one in office.ask(groups.groups, round_id)}
    found = [
        list_documents.ProofGroup(
            group, "", led.get(group, ()), tuple(one.printed_name for one in lines)
        )
        for group, lines in groupby(
            office.ask(queries.proof_list, round_id), key=lambda one: one.group
        )
    ]
    return list_documents.proof_list(found, office.title, office.practice)


def entries(office: "Office", round_id: int) -> list[list_documents.RegisterEntry]:
    """The lines of the register of a round's certificates, as papers show them."""
    return [
        list_documents.RegisterEntry(
            one.number,
            one.name,
            one.group,
            one.issued_on,
            "" if one.withdrawn_on else one.code,
            one.withdrawn_on,
            one.shared,
        )
        for one in office.ask(queries.register, round_id)
    ]


def certificate_register(office: "Office", round_id: int) -> bytes:
    """The register of the round's certificates, to sign for at handing out."""
    return list_documents.register(
        entries(office, round_id), office.title, office.practice
    )


Counted = tuple[bytes, int]  # a paper, and how many people it names
Around = Callable[["Office", int], Counted]  # an office and its round


def around(kind: str, path: Path) -> Around:
    """What makes one of the lists around certificates for a file: "proof list", or "certificate register", which is a
    spreadsheet with the whole codes when the name of the file ends so."""
    if kind == "proof list":
        return _counted_proof_list
    if path.suffix.lower() == ".xlsx":
        return _counted_sheet
    return _counted_register


def _counted_proof_list(office: "Office", round_id: int) -> Counted:
    people = len(office.ask(queries.proof_list, round_id))
    return proof_list(office, round_id), people


def _counted_register(office: "Office", round_id: int) -> Counted:
    people = len(office.ask(queries.register, round_id))
    return certificate_register(office, round_id), people


def _counted_sheet(office: "Office", round_id: int) -> Counted:
    found = entries(office, round_id)
    return list_documents.register_sheet(found), len(found)


def write_around(office: "Office", kind: str, round_id: int, path: Path) -> None:
    """Write one of the lists around certificates (`around`)."""
    content, people = around(kind, path)(office, round_id)
    write(office, Outgoing(kind, people), {path: content})
