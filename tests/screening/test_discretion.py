"""An urgent referral is known to screeners alone; others see another pathway, in every list, on the page, in the history."""

import pytest

from cbs_desktop.overview import queries as overview
from cbs_desktop.participants import actions as participants
from cbs_desktop.screening import actions, queries
from cbs_desktop.screening.actions import Answers, Decided


@pytest.fixture
def referred(office, round_id, lines, today):
    """Somebody who waited first, and was then referred urgently."""
    office.do(participants.import_people, lines(1))
    person = office.ask(overview.roster).rows[0].id
    answers = {number: int(number <= 12) for number in range(1, 21)}
    office.do(actions.record, round_id, Answers(person, today, answers))
    office.do(actions.decide, round_id, Decided(person, "waiting", reason="Full"))
    decided = Decided(person, "refer", reason="Not safe at home")
    office.do(actions.decide, round_id, decided)
    return person


def seen(office, person):
    """All that an account reads of the person, as one text."""
    found = [
        office.ask(overview.roster),
        office.ask(overview.record, person),
        office.ask(overview.history, person),
        office.ask(overview.by_state),
    ]
    if office.may(queries.line):
        found.append(office.ask(queries.line))
    return found


def text(found):
    return repr(found).replace("'refer': 0", "")


def test_a_screener_knows(office, referred):
    assert office.ask(overview.roster).rows[0].state == "refer"
    assert office.ask(overview.by_state)["refer"] == 1
    assert "refer" in repr(office.ask(overview.history, referred))


def test_a_clerk_does_not(office, referred, sign_in):
    office.close()
    clerk = sign_in("clerk")
    found = seen(clerk, referred)
    assert clerk.ask(overview.roster).rows[0].state == "other"
    assert clerk.ask(overview.by_state)["other"] == 1
    assert "refer" not in text(found) and "Not safe" not in text(found)


def test_nobody_is_found_by_the_status(office, referred, sign_in):
    assert office.ask(overview.roster, "", "refer").count == 1
    office.close()
    clerk = sign_in("clerk")
    assert clerk.ask(overview.roster, "", "refer").count == 0
    assert clerk.ask(overview.roster, "", "other").count == 1


def test_the_filters_of_the_screens_do_not_offer_it(office, referred, sign_in, qapp):
    from ui.desk import Desk
    from ui.participants.people import Participants
    from ui.screening.line import Screening

    def offered(one):
        desk = Desk(one)
        screens = Participants(desk).state, Screening(desk)._filter
        found = [box.findData("refer") >= 0 for box in screens]
        desk.close()
        return found

    assert offered(office) == [True, True]
    office.close()
    assert offered(sign_in("clerk")) == [False, False]
