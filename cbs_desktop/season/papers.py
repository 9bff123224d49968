"""The papers of a season: certificates, attendance registers, the graduation report. Read, compute, write."""

from pathlib import Path
from typing import TYPE_CHECKING

from cbs_desktop.attendance import documents as register_documents
from cbs_desktop.certificates import batch, list_documents, papers
from cbs_desktop.certificates import queries as certificates
from cbs_desktop.exports.files import write
from cbs_desktop.exports.rules import OWN, Outgoing, Recipient
from cbs_desktop.groups import documents as group_documents
from cbs_desktop.problems import say
from cbs_desktop.reports import documents as report_documents
from cbs_desktop.reports import graduation_words
from cbs_desktop.reports import queries as reports

if TYPE_CHECKING:
    from cbs_desktop.office import Office


def write_season(
    office: "Office", round_id: int, folder: Path, to: Recipient = OWN
) -> dict[str, str]:
    """Write certificates, registers and report into a folder, for somebody; what was made and where."""
    certificates_made = _certificates(office, round_id)
    made = _papers(office, round_id, certificates_made.content)
    files = {folder / name: content for name, content in made.values()}
    write(office, Outgoing("season papers", len(certificates_made.ids), to), files)
    written = {what: str(folder / name) for what, (name, _content) in made.items()}
    if problem := certificates_made.problem():
        written["certificates that are missing"] = str(say(problem))
    return written


def _papers(
    office: "Office", round_id: int, certificates_content: bytes
) -> dict[str, tuple[str, bytes]]:
    """What is made, its file, and its content."""
    register = papers.entries(office, round_id)
    report = graduation_words.as_report(
        office, office.ask(reports.graduation, round_id)
    )
    made = {
        "certificates": ("certificates.pdf", certificates_content),
        "proof list": ("proof-list.pdf", papers.proof_list(office, round_id)),
        "certificate register": (
            "certificate-register.pdf",
            papers.certificate_register(office, round_id),
        ),
        "certificate register as a table": (
            "certificate-register.xlsx",
            list_documents.register_sheet(register),
        ),
        "registers": ("registers.pdf", register_documents.registers(office, round_id)),
        "report": ("graduation.pdf", report_documents.pdf(report)),
        "report as a table": ("graduation.xlsx", report_documents.xlsx(report)),
    }
    return made | group_documents.group_papers(office, round_id).made


def _certificates(office: "Office", round_id: int) -> batch.Batch:
    register = office.ask(certificates.register, round_id)
    standing = [entry.id for entry in register if not entry.withdrawn_on]
    return papers.render_batch(office, office.ask(certificates.printable, standing))
