"""Half-typed decisions, safety cards and questionnaires: there again, for a colleague too, said by name."""

import pytest
from PySide6.QtCore import Qt

from cbs_desktop import settings
from cbs_desktop.drafts import queries as drafts
from cbs_desktop.errors import Missing, RuleBroken
from cbs_desktop.keeping import accounts as keeping
from cbs_desktop.participants import actions as participants
from cbs_desktop.participants import queries as people
from cbs_desktop.safe.permissions import Role
from cbs_desktop.screening import actions, half_typed, queries
from cbs_desktop.screening.actions import Answers
from tests.conftest import PASSWORD

DECIDE = "screening.decide"
NINE = {n: int(n <= 9) for n in range(1, 21)}


@pytest.fixture
def begun(sign_in, lines):
    """A questionnaire that the coordinator has half typed, with a card; signs out. The person."""
    office = sign_in("coordinator")
    office.do(participants.import_people, lines(2))
    person = min(office.ask(people.numbers).values())
    round_id = office.ask(queries.sheet, person).round_id
    card = {"told": "Nurse"}
    office.do(half_typed.keep_draft, round_id, person, "srq20", {1: 1, 2: None}, card)
    office.close()
    return person


def test_a_colleague_hears_who_began_and_not_what(sign_in, begun):
    found = sign_in("clerk").ask(queries.sheet, begun)
    assert found.draft == {} and found.card == {}
    assert found.begun_by == (queries.Begun("coordinator", 2),)


def test_a_colleague_goes_on_and_the_first_typist_has_it_no_more(sign_in, begun):
    clerk = sign_in("clerk")
    clerk.do(half_typed.take_draft, begun, "srq20", "coordinator")
    found = clerk.ask(queries.sheet, begun)
    assert found.draft == {1: 1, 2: None} and found.card == {"told": "Nurse"}
    with pytest.raises(Missing):
        clerk.do(half_typed.take_draft, begun, "srq20", "coordinator")
    clerk.close()
    first = sign_in("coordinator")
    found = first.ask(queries.sheet, begun)
    assert found.draft == {} and found.begun_by == (queries.Begun("clerk", 2),)
    (one,) = [one for one in first.ask(queries.line) if one.person_id == begun]
    assert not one.draft and one.begun_by == "clerk"


def test_a_second_entry_is_not_offered_to_the_first_typist(sign_in, lines, today):
    office = sign_in("coordinator")
    office.do(settings.set_value, "second entry every", 1)
    office.do(participants.import_people, lines(1))
    office.do(keeping.add_account, "other", frozenset({Role.CLERK}), PASSWORD)
    (person,) = office.ask(people.numbers).values()
    office.close()
    clerk = sign_in("clerk")
    round_id = clerk.ask(queries.sheet, person).round_id
    made = clerk.do(actions.record, round_id, Answers(person, today, NINE))
    clerk.close()
    other = sign_in("other")
    second = (round_id, person, "srq20", {1: 1}, {}, made)
    other.do(half_typed.keep_draft, *second)
    other.close()
    clerk = sign_in("clerk")
    assert clerk.ask(queries.sheet, person).begun_by == ()
    with pytest.raises(RuleBroken) as raised:
        clerk.do(half_typed.take_draft, person, "srq20", "other", made)
    assert raised.value.facts["rule"] == "second person"
    clerk.close()
    third = sign_in("coordinator")
    assert third.ask(queries.second_sheet, made).begun_by != ()
    third.do(half_typed.take_draft, person, "srq20", "other", made)
    assert third.ask(queries.second_sheet, made).draft == {1: 1}
    third.do(half_typed.keep_draft, round_id, person, "srq20", {2: 0})
    assert third.ask(queries.second_sheet, made).draft == {1: 1}
    assert third.ask(queries.sheet, person).draft == {2: 0}


def test_the_screen_names_the_colleague_and_takes_over(qtbot, begun, place_of, settle):
    desk, _window, page = place_of("clerk", "screening")
    place = [one.person_id for one in page.table.rows].index(begun)
    page.table.choose(place)
    settle(desk)
    said = page.entry._begun.words.text()
    assert said == "coordinator began this questionnaire (2 answers)."
    assert page.entry.questions.answers == {}
    qtbot.mouseClick(page.entry._begun.go_on, Qt.MouseButton.LeftButton)
    settle(desk)
    assert page.entry.questions.answers == {1: 1, 2: None}
    assert page.entry.card.values()["told"] == "Nurse"
    assert not page.entry._begun.isVisible()


def test_the_safety_card_beside_a_questionnaire_is_kept(
    qtbot, window, desk, office, settle, lines
):
    office.do(participants.import_people, lines(1))
    window.open("screening")
    settle(desk)
    page = window._pages["screening"]
    page.entry.begin()
    for key in "0" * 16 + "1":
        qtbot.keyClicks(page.entry.questions, key)
    (person,) = office.ask(people.numbers).values()
    qtbot.keyClicks(page.entry.card.inputs["told"], "Nurse")
    qtbot.waitUntil(lambda: office.ask(queries.sheet, person).card != {})
    assert office.ask(queries.sheet, person).card == {"told": "Nurse"}


def test_a_half_typed_decision_is_kept_and_offered(
    qtbot, window, desk, office, settle, lines, round_id, today
):
    office.do(participants.import_people, lines(2))
    both = sorted(office.ask(people.numbers).values())
    office.do(actions.record_many, round_id, [Answers(i, today, NINE) for i in both])
    window.open("screening", "to decide")
    settle(desk)
    page = window._pages["screening"]
    panel = page.decision
    first = panel._one.person_id
    qtbot.mouseClick(panel.ways["waiting"], Qt.MouseButton.LeftButton)
    qtbot.keyClicks(panel._reason, "far away")
    page.table.choose(1)  # to somebody else before a second is over
    settle(desk)
    assert panel._one.person_id != first and panel._reason.text() == ""
    assert not panel.keeper.line.isVisible()
    (one,) = office.ask(drafts.offered, DECIDE, first)
    assert one.values["pathway"] == "waiting" and one.values["reason"] == "far away"
    window.open("home")
    settle(desk)
    window.open("screening", office.ask(drafts.unfinished)[0])
    settle(desk)
    assert panel._one.person_id == first
    qtbot.mouseClick(panel.keeper.line.go_on, Qt.MouseButton.LeftButton)
    settle(desk)
    assert panel._reason.text() == "far away" and panel.ways["waiting"].isChecked()
    panel._decide()
    settle(desk)
    assert office.ask(drafts.offered, DECIDE, first) == []


def test_a_half_typed_follow_up_is_opened_again_from_home(
    qtbot, window, desk, office, settle, lines, round_id, today, dialog
):
    from cbs_desktop.screening import safety
    from cbs_desktop.screening.rules import SafetyCard

    office.do(participants.import_people, lines(1))
    (person,) = office.ask(people.numbers).values()
    card = SafetyCard("Nurse", today, True, "", today)
    risky = Answers(person, today, {**NINE, 17: 1}, card)
    office.do(actions.record, round_id, risky)
    (open_card,) = office.ask(safety.open_cards)
    window.open("screening", "cards")
    settle(desk)
    window._pages["screening"].cards._ask_seen()
    settle(desk)
    form = dialog()
    qtbot.keyClicks(form.inside.inputs["referred_to"], "Hospital")
    about = ("screening.follow_up", open_card.id)
    qtbot.waitUntil(lambda: office.ask(drafts.offered, *about) != [])
    form.keeper.leave()
    form.hide()
    (one,) = office.ask(drafts.unfinished)
    window.open("screening", one)
    settle(desk)
    again = dialog()
    again.keeper.line.go_on.click()
    settle(desk)
    assert again.inside.inputs["referred_to"].text() == "Hospital"
    again.reject()
    again.reject()
