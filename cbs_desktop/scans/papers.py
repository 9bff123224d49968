"""The registers of an office that can be read back: asked for, drawn, and noted with their codes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cbs_desktop.errors import Fault, Invalid, RuleBroken
from cbs_desktop.exports.files import write
from cbs_desktop.exports.rules import Outgoing, Recipient
from cbs_desktop.scans import actions, documents, page_code, queries
from cbs_desktop.scans.documents import CodedPage
from cbs_desktop.scans.page_code import PageCode
from cbs_desktop.scans.queries import RegisterChoice
from cbs_desktop.scans.rules import RegisterPage
from cbs_desktop.scans.wording import LANGUAGES, LANGUAGES_MOST

if TYPE_CHECKING:
    from cbs_desktop.office import Office


@dataclass(frozen=True, slots=True)
class PrintedRegisters:
    """Registers as one PDF, the pages that `actions.print_registers` notes, and how many people they name."""

    content: bytes
    noted: tuple[tuple[str, RegisterPage], ...]
    people: int


def registers(
    office: "Office",
    round_id: int,
    choice: RegisterChoice,
    languages: Sequence[str],
    progress: Callable[[int, int], None] | None = None,
) -> PrintedRegisters:
    """The registers that were chosen, drawn and not noted yet. RuleBroken where no session was; Invalid (languages)."""
    _check_languages(languages)
    pages = office.ask(queries.to_print, round_id, choice)
    if not pages:
        raise RuleBroken(rule="no session to print")
    tag = office.ask(queries.office_tag)
    coded: list[CodedPage] = []
    for page in pages:
        code = PageCode(page.shape, tag, page_code.new_page_id())
        coded.append(CodedPage(code, page))
    content = documents.draw(coded, languages, office.practice, progress)
    noted = tuple((one.code.page, one.page) for one in coded)
    return PrintedRegisters(content, noted, queries.people_on(pages))


def write_registers(
    office: "Office",
    round_id: int,
    choice: RegisterChoice,
    languages: Sequence[str],
    path: Path,
    to: Recipient,
) -> PrintedRegisters:
    """Draw the registers, note their pages, and write the file."""
    made = registers(office, round_id, choice, languages)
    office.do(actions.print_registers, made.noted, languages)
    write(
        office, Outgoing("attendance registers", made.people, to), {path: made.content}
    )
    return made


def _check_languages(languages: Sequence[str]) -> None:
    known = all(each in LANGUAGES for each in languages)
    count = len(languages)
    if known and 1 <= count <= LANGUAGES_MOST:
        return
    cell = ",".join(languages)
    fault = Fault("languages", "not a choice", {"cell": cell})
    raise Invalid([fault])
