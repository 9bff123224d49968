"""The letter that answers a request: one page, the reason, and to whom one may appeal."""

from datetime import date

import pytest
from pypdf import PdfReader

from cbs_desktop.errors import Invalid, Missing
from cbs_desktop.protection import law
from cbs_desktop.rights import actions, documents, queries, rules
from cbs_desktop.rights.actions import RequestDetails
from cbs_desktop.rights.problems import ASKED, BECAUSE

DAY = date(2026, 3, 2)


@pytest.fixture
def asked(office, screened):
    """A request of a kind by somebody; its id."""
    (person,) = screened(1)

    def ask(kind="access", **more):
        return office.do(
            actions.record_request, person, RequestDetails(kind, DAY, **more)
        )

    return ask


def text_of(content, tmp_path):
    file = tmp_path / "letter.pdf"
    file.write_bytes(content)
    (page,) = PdfReader(file).pages
    return " ".join(page.extract_text().split())


def test_every_kind_and_reason_has_its_words():
    assert set(ASKED) == set(rules.KINDS)
    assert set(BECAUSE) == set(rules.REFUSALS)


@pytest.mark.parametrize("answer", rules.ANSWERS)
def test_an_answer_is_one_page(office, asked, answer, tmp_path):
    request = asked()
    reason = "rights of others" if answer in rules.WITH_REASON else ""
    office.do(actions.answer_request, request, answer, reason)
    said = text_of(
        documents.answer_letter(office, request, "MUKAMANA Odette"), tmp_path
    )
    assert "MUKAMANA Odette" in said and "see everything" in said
    authority = law.of_country("RW").authority
    assert (authority in said) == (answer in rules.WITH_REASON)
    assert ("rights of other people" in said) == (answer in rules.WITH_REASON)


def test_the_days_are_those_of_the_country(office, asked, tmp_path):
    rwanda = law.of_country("RW").figures
    request = asked()
    (known,) = office.ask(queries.open_requests)
    left = (known.clock.until - DAY).days
    assert left == rwanda["answer_days"].value
    office.do(actions.answer_request, request, "refused", "legal claim")
    said = text_of(documents.answer_letter(office, request), tmp_path)
    assert f"within {rwanda['appeal_days'].value} days" in said


def test_it_goes_to_whoever_asked_for_the_person(office, asked, tmp_path):
    request = asked(from_whom="UWERA Grace")
    office.do(actions.answer_request, request, "done")
    said = text_of(documents.answer_letter(office, request, "MUKAMANA"), tmp_path)
    assert "To: UWERA Grace" in said and "MUKAMANA" not in said


def test_what_is_not_answered_has_no_letter(office, asked):
    with pytest.raises(Missing):
        documents.answer_letter(office, asked())


def test_what_is_done_in_part_has_a_reason(office, asked):
    with pytest.raises(Invalid):
        office.do(actions.answer_request, asked(), "partly")
    with pytest.raises(Invalid):
        office.do(actions.answer_request, asked("erase"), "partly", "legal claim")
