"""Links of a person on their page: who stays together, and who is kept apart for those who may know."""

import pytest

from cbs_desktop.groups import actions, queries
from cbs_desktop.participants import actions as participants
from cbs_desktop.participants import queries as people
from ui.participants.links import LinksDialog


@pytest.fixture
def three(office, lines):
    office.do(participants.import_people, lines(3))
    return [i for _number, i in sorted(office.ask(people.numbers).items())]


def test_links_are_told_to_those_who_may_know(office, three):
    one, other, third = three
    office.do(actions.keep_together, other, one, "household")
    office.do(actions.keep_apart, one, third, "same case")
    assert [
        (link.kind, link.person_id, link.name, link.reason)
        for link in office.ask(queries.links, one)
    ] == [
        ("together", other, "PERSONB Ineza", "household"),
        ("apart", third, "PERSONC Ineza", "same case"),
    ]
    assert [link.person_id for link in office.ask(queries.links, third)] == [one]


@pytest.mark.parametrize(("role", "kinds"), [("clerk", []), ("screener", ["apart"])])
def test_others_see_less(folder, calendar, lines, role, kinds):
    from cbs_desktop.office import Office
    from tests.conftest import PASSWORD

    office = Office.open(folder, "coordinator", PASSWORD, calendar)
    office.do(participants.import_people, lines(3))
    one, other, third = sorted(office.ask(people.numbers).values())
    office.do(actions.keep_together, one, other, "spouses")
    office.do(actions.keep_apart, one, third, "domestic")
    office.close()
    office = Office.open(folder, role, PASSWORD, calendar)
    assert [link.kind for link in office.ask(queries.links, one)] == kinds
    office.close()


def test_a_link_is_added_and_removed_on_the_page(
    qtbot, window, desk, office, settle, three, words
):
    one, other, _third = three
    window.open("participants")
    settle(desk)
    page = window._pages["participants"]
    page.show_item(one)
    settle(desk)
    dialog = LinksDialog(page, page.person.record)
    dialog.show()
    settle(desk)
    inputs = dialog.form.inputs
    assert inputs["kind"].value() == "together"
    inputs["reason"].show_value("household")
    qtbot.keyClicks(inputs["other"], "personb")
    settle(desk)
    inputs["other"].show_value((other, "PERSONB Ineza"))
    dialog.finish()
    settle(desk)
    settle(desk)
    assert [row.name for row in dialog.table.rows] == ["PERSONB Ineza"]
    assert "PERSONB Ineza (household)" in words(page.person)
    dialog._remove()
    settle(desk)
    settle(desk)
    assert office.ask(queries.links, one) == () and dialog.table.rows == []
    dialog._typed = False
    dialog.reject()
