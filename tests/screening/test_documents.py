"""Papers of screening, read back: every question and answer on a blank form; who but never why on a referral slip."""

from datetime import timedelta

import pypdfium2
import pytest

from cbs_desktop import resource
from cbs_desktop.errors import Missing, Refused
from cbs_desktop.participants import actions as participants
from cbs_desktop.participants import queries as people
from cbs_desktop.screening import actions, documents, instrument_parser, safety
from cbs_desktop.screening.actions import Answers
from cbs_desktop.screening.instrument_store import instrument
from cbs_desktop.screening.rules import SafetyCard, ServiceDetails
from cbs_desktop.words import in_language

KEYS = resource.names("instruments", ".toml")


def text_of(content):
    document = pypdfium2.PdfDocument(content)
    return " ".join(
        " ".join(page.get_textpage().get_text_range() for page in document).split()
    ), len(document)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("key", KEYS)
def test_a_blank_form_holds_every_question_on_one_page(key, language):
    form = instrument(key)
    text, pages = text_of(documents.draw_form(form, "Musanze office", language))
    assert pages == 1 and form.licence[:40] in text
    for item in form.items:
        assert item.topic[language].split()[0] in text and str(item.number) in text
    for _value, word in form.items[0].answers:
        assert word[language].split()[-1] in text
    assert ("Safety card" in text) is any(item.risk for item in form.items)


def test_several_sets_of_answers_and_a_condition_are_told():
    content = {
        "key": "mixed", "version": 3, "languages": ["en"], "title": "Mixed", "recall": "Now", "licence": "ours",
        "answers": {"yes": [[0, "No"], [1, "Yes"]], "much": [[0, "Nothing"], [1, "Something"], [2, "A lot"]]},
        "item": [{"number": 1, "topic": "Any trouble", "answers": "yes"},
                 {"number": 2, "topic": "How much", "answers": "much", "ask_if": {"item": 1, "is": [1]}}],
    }  # fmt: skip
    text, _pages = text_of(
        documents.draw_form(
            instrument_parser.instrument(content), "Musanze office", "en"
        )
    )
    assert "(only if 1 is 1)" in text and "2 A lot" in text and "Version 3" in text


def test_the_form_of_an_office_speaks_its_language(office):
    with in_language("fr"):
        text, _pages = text_of(documents.blank_form(office, "who5"))
    assert "De bonne humeur" in text and "Musanze office" in text
    with pytest.raises(Missing):
        documents.blank_form(office, "nothing")


@pytest.fixture
def card(office, round_id, lines, today):
    office.do(participants.import_people, lines(1))
    office.do(
        safety.put_service,
        ServiceDetails("Health centre Muhoza", "First help", "0788 000 001", "Muhoza"),
    )
    person = next(iter(office.ask(people.numbers).values()))
    told = SafetyCard(
        "Nurse",
        today,
        False,
        "Health centre Muhoza, 0788 000 001",
        today + timedelta(days=3),
    )
    office.do(
        actions.record,
        round_id,
        Answers(person, today, {n: int(n == 17) for n in range(1, 21)}, told),
    )
    return office.ask(safety.open_cards)[0]


def test_a_referral_slip_says_who_and_where_and_never_why(office, card):
    text, pages = text_of(documents.referral_slip(office, card.id))
    assert pages == 1
    for told in (
        card.name,
        card.number,
        "Health centre Muhoza",
        "0788 000 001",
        "Musanze office",
        "02/03/2026",
        "05/03/2026",
    ):
        assert told in text
    for never in ("SRQ", "17", "score", "risk", "ending life", "diagnos", "Nurse"):
        assert never.casefold() not in text.casefold()


def test_a_slip_is_for_those_who_may_know_the_card(sign_in, lines, today):
    with pytest.raises(Refused):
        documents.referral_slip(sign_in("clerk"), 1)


def test_no_slip_of_a_closed_card(office, card):
    office.do(safety.close_card, card.id, "stable")
    with pytest.raises(Missing):
        documents.referral_slip(office, card.id)
