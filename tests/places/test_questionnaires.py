"""Office › Questionnaires and the referral directory, by their widgets."""

import pytest
from PySide6.QtCore import Qt

from cbs_desktop.errors import Refused
from cbs_desktop.screening import actions, queries, safety
from ui.places.questionnaires import Questionnaires
from ui.places.referrals import Referrals
from ui.widgets.dialog import Dialog

GOOD = """
key = "dignity"
version = 1
languages = ["en"]
title = "Dignity"
recall = "Now"
licence = "Our own"
[answers]
much = [[1, "not"], [2, "some"], [3, "much"]]
[[item]]
number = 1
topic = "Heard by others"
[[item]]
number = 2
topic = "Greeted by neighbours"
[[score]]
key = "total"
title = "Total"
kind = "sum"
better = "higher"
"""


@pytest.fixture
def office_page(window, desk, settle):
    window.open("office")
    settle(desk)
    return window._pages["office"]


@pytest.fixture
def listed(office_page, desk, settle):
    office_page.show_questionnaires()
    settle(desk)
    return office_page.findChild(Questionnaires)


def keys(office):
    return {one.key for one in office.ask(queries.questionnaires) if one.used}


def facts(widget):
    from PySide6.QtWidgets import QLabel

    return " ".join(each.text() for each in widget.findChildren(QLabel))


def test_the_list_tells_what_each_is_held_against(listed, desk, settle):
    place = next(i for i, one in enumerate(listed.table.rows) if one.key == "srq20")
    listed.table.choose(place)
    settle(desk)
    told = facts(listed.facts)
    assert "≥ 10" in told and "≥ 8" in told and "Scholte" in told and "5.42" in told and "6.10" in told
    assert "any answer but 0 to question 17" in told and listed._problem.isHidden()


def test_used_or_not_and_undo(qtbot, listed, desk, office, settle):
    listed.table.choose(next(i for i, one in enumerate(listed.table.rows) if one.key == "phq9"))
    qtbot.mouseClick(listed._use, Qt.MouseButton.LeftButton)
    settle(desk)
    assert "phq9" not in keys(office) and listed._use.text() == "Use"
    office.undo()
    assert "phq9" in keys(office)


def test_a_file_of_the_office_is_added(listed, desk, office, settle, tmp_path):
    file = tmp_path / "dignity.toml"
    file.write_text(GOOD, "utf-8")
    listed.take(file)
    settle(desk)
    assert "dignity" in keys(office) and "dignity" in [one.key for one in listed.table.rows]
    assert listed._trouble.isHidden()


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("number = 2", "number = 1", ("dignity.toml item", "1 stands here twice")),
        ('kind = "sum"', 'kind = "summ"', ("dignity.toml score total kind", "sum, mean, percent")),
        ('title = "Dignity"', 'titel = "Dignity"', ("dignity.toml title", "dignity.toml titel", "not known")),
        ("[[item]]", "[[item", ("line",)),
        ('key = "dignity"', 'key = "srq20"', ("taken",)),
    ],
)
def test_a_broken_file_is_named_part_by_part_and_changes_nothing(
    listed, desk, office, settle, tmp_path, before, after, told
):
    file = tmp_path / "dignity.toml"
    file.write_text(GOOD.replace(before, after), "utf-8")
    there = keys(office)
    listed.take(file)
    settle(desk)
    assert listed._trouble.isVisible() and all(words in listed._trouble.text() for words in told)
    assert keys(office) == there


def test_a_blank_form_is_written(listed, desk, settle, tmp_path):
    listed.write_blank("gad7", tmp_path / "form.pdf")
    settle(desk)
    assert (tmp_path / "form.pdf").read_bytes().startswith(b"%PDF")


def test_how_often_a_second_entry_is_due(listed, desk, office, settle, tmp_path):
    from cbs_desktop import settings

    box = listed.form.inputs["every"]
    box.setCurrentIndex(box.findData(10))
    box.activated.emit(box.currentIndex())
    settle(desk)
    assert office.ask(settings.all_values)["second entry every"] == 10


def test_the_directory_is_filled_changed_and_cleared(qtbot, office_page, desk, office, settle):
    office_page.show_referrals()
    settle(desk)
    page = office_page.findChild(Referrals)
    count = len(page.table.rows)
    page._new()
    form = [one for one in page.findChildren(Dialog) if one.isVisible()][-1]
    form.inside.show_values({"name": "Health centre Muhoza"})
    form.finish()
    settle(desk)
    assert form.isVisible() and form.inside._faults["helps_with"].text()
    form.inside.show_values({"name": "Health centre Muhoza", "helps_with": "First help", "place": "Muhoza"})
    form.finish()
    settle(desk)
    assert len(page.table.rows) == count + 1
    page.table.choose(next(i for i, one in enumerate(page.table.rows) if one.service.name == "Health centre Muhoza"))
    page._take_out()
    settle(desk)
    assert len(office.ask(safety.services)) == count
    office.undo()
    assert len(office.ask(safety.services)) == count + 1


def test_a_clerk_may_not_change_them(sign_in):
    clerk = sign_in("clerk")
    for act, values in ((actions.use_instrument, ("srq20", False)), (safety.take_country_list, ())):
        with pytest.raises(Refused):
            clerk.do(act, *values)
