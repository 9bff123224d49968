"""Registers and questionnaires that can be read back: asked for, drawn, and to be noted with their codes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cbs_desktop.errors import Fault, Invalid, RuleBroken
from cbs_desktop.exports.files import write
from cbs_desktop.exports.rules import Outgoing, Recipient
from cbs_desktop.scans import (
    actions,
    documents,
    form_documents,
    forms,
    page_code,
    queries,
)
from cbs_desktop.scans.documents import CodedPage
from cbs_desktop.scans.form_documents import CodedForm
from cbs_desktop.scans.forms import FormPage
from cbs_desktop.scans.page_code import PageCode
from cbs_desktop.scans.queries import RegisterChoice
from cbs_desktop.scans.rules import RegisterPage
from cbs_desktop.scans.wording import LANGUAGES, LANGUAGES_MOST
from cbs_desktop.screening.documents import blank_form as blank_form_to_type
from cbs_desktop.screening.documents import instrument_of
from cbs_desktop.words import language

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


@dataclass(frozen=True, slots=True)
class PrintedForm:
    """A blank questionnaire as PDF, and the pages that `actions.print_forms` notes; none where it cannot be read back, or
    nothing can be noted."""

    content: bytes
    noted: tuple[tuple[str, FormPage], ...]


def blank_form(office: "Office", key: str, person_id: int = 0) -> PrintedForm:
    """The blank form of a questionnaire, for anybody or for one person. Missing when there is none, its own problem when
    its file is wrong."""
    form = instrument_of(office, key)
    if office.is_only_looked_at or not forms.fits(form):
        return PrintedForm(blank_form_to_type(office, key), ())
    person = ("", "")
    if person_id:
        person = office.ask(queries.person_on_form, person_id)
    tag = office.ask(queries.office_tag)
    coded: list[CodedForm] = []
    for page in forms.pages(form, office.title, person_id, person):
        code = PageCode(page.shape, tag, page_code.new_page_id())
        coded.append(CodedForm(code, page))
    content = form_documents.draw_forms(coded, language(), office.practice)
    noted = tuple((one.code.page, one.page) for one in coded)
    return PrintedForm(content, noted)


def _check_languages(languages: Sequence[str]) -> None:
    known = all(each in LANGUAGES for each in languages)
    count = len(languages)
    if known and 1 <= count <= LANGUAGES_MOST:
        return
    cell = ",".join(languages)
    fault = Fault("languages", "not a choice", {"cell": cell})
    raise Invalid([fault])
