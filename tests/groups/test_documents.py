"""Papers of groups, read back: who, where and when; nothing of anybody's past, no facility."""

import pypdfium2
import pytest

from cbs_desktop.errors import Refused
from cbs_desktop.groups import documents, rosters
from cbs_desktop.groups import documents as group_documents
from cbs_desktop.participants.choices import CATEGORIES


def text_of(content):
    document = pypdfium2.PdfDocument(content)
    return " ".join(
        " ".join(page.get_textpage().get_text_range() for page in document).split()
    ), len(document)


@pytest.fixture
def found(office, grouped):
    grouped(26)
    return office.ask(rosters.rosters)


def test_a_group_list_names_everybody_once_and_the_days(found):
    text, pages = text_of(documents.group_lists(found, "Musanze office"))
    assert pages == len(found) == 2
    for roster in found:
        assert roster.row.name in text and f"{roster.sessions[-1][1]:%d/%m/%Y}" in text
        assert len(roster.members) == roster.row.size
        for one in roster.members:
            assert text.count(one.number) == 1 and one.name in text


def test_the_call_list_is_by_village(found):
    text, _pages = text_of(documents.call_list(found, "Musanze office"))
    assert "Musanze › Muhoza" in text and all(
        one.number in text for roster in found for one in roster.members
    )


def test_papers_of_a_whole_season_tell_no_facility_and_no_past(practice, round_papers):
    facilities = {
        roster.row.place
        for roster in practice.ask(rosters.rosters)
        if roster.row.track == "facility"
    }
    inside = [
        one.number
        for r in practice.ask(rosters.rosters)
        if r.row.track == "facility"
        for one in r.members
    ]
    for what, (text, pages) in round_papers.items():
        assert pages > 5 and not any(name in text for name in facilities), what
        for category in CATEGORIES:
            assert category.casefold() not in text.casefold(), (what, category)
    assert inside and not any(
        number in round_papers["call list"][0] for number in inside
    )
    sheets, pages = round_papers["facilitator sheets"]
    assert pages >= 124 and all(
        name in sheets
        for r in practice.ask(rosters.rosters)
        for name, _phone in r.facilitators
    )


@pytest.fixture
def round_papers(practice):
    from cbs_desktop.programmes import queries as programmes

    round_id = practice.ask(programmes.rounds)[0].id
    return {
        what: text_of(content)
        for what, (_name, content) in group_documents.group_papers(
            practice, round_id
        ).made.items()
    }


def test_lists_are_for_those_who_may_print(sign_in):
    with pytest.raises(Refused):
        sign_in("auditor").ask(rosters.rosters)


def test_a_round_without_groups_still_makes_papers(office, round_id, tmp_path):
    made = group_documents.write_group_papers(office, round_id, tmp_path)
    assert len(made) == 3 and all(
        (tmp_path / name).exists()
        for name in ("group-lists.pdf", "call-list.pdf", "facilitator-sheets.pdf")
    )
