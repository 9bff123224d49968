"""A half-typed form survives the death of the program: kept, offered, gone on with, thrown away."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from cbs_desktop.drafts import actions as drafts
from cbs_desktop.drafts import queries
from cbs_desktop.errors import DiskFull
from cbs_desktop.overview import queries as overview
from cbs_desktop.participants import actions as participants
from cbs_desktop.participants import queries as people
from ui.participants.form import PersonForm
from ui.widgets.dialog import Dialog
from ui.widgets.form import Field, Form

ROOT = Path(__file__).resolve().parents[2]
NEW = "participants.register"
TYPING = """
import sys
from pathlib import Path
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from cbs_desktop.office import Office
from ui import theme
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.participants.form import PersonForm
app = QApplication([])
theme.apply(app)
window = MainWindow(Desk(Office.open(Path(sys.argv[1]), sys.argv[2], sys.argv[3])))
window.show()
window.open("participants")
form = PersonForm(window._pages["participants"], None)
form.show()
inputs = form.inside.inputs
QTest.keyClicks(inputs["own_name"], "MUKAMANA")
QTest.keyClicks(inputs["sex"], "f")
QTest.keyClicks(inputs["born_on"], "3/5/9")
QTest.keyClicks(inputs["place_id"], "Musanze, Cyu")
print("typed", flush=True)
app.exec()
"""


@pytest.fixture
def page(window, desk, settle):
    window.open("participants")
    settle(desk)
    return window._pages["participants"]


def opened(page, desk, settle, found=None):
    form = PersonForm(page, found)
    form.show()
    settle(desk)
    return form


def kept(office):
    return office.ask(queries.offered, NEW, 0)


def type_and_wait(qtbot, office, form, text="KEZA"):
    qtbot.keyClicks(form.inside.inputs["own_name"], text)
    qtbot.waitUntil(lambda: text in [one.values["own_name"] for one in kept(office)])


def vanish(form):
    """As the power cut leaves it: nobody says that the form was left."""
    form.keeper.leave()
    form.hide()


def test_what_was_typed_is_there_after_the_program_was_killed(
    folder, qtbot, dressed, settle
):
    from cbs_desktop.office import Office
    from ui.desk import Desk
    from ui.main_window import MainWindow

    typing = subprocess.Popen(
        [sys.executable, "-c", TYPING, str(folder), "clerk", "four plain words"],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        text=True,
    )
    assert typing.stdout.readline().strip() == "typed"
    time.sleep(1.5)
    typing.send_signal(signal.SIGKILL)
    typing.wait()
    office = Office.open(folder, "coordinator", "four plain words")
    desk = Desk(office)
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.closeEvent = lambda event: event.accept()
    window.show()
    window.open("home")
    settle(desk)
    home = window._pages["home"]
    (go,) = [
        each
        for each in home.findChildren(QPushButton)
        if "MUKAMANA" in each.accessibleName()
    ]
    go.click()
    settle(desk)
    (form,) = window.findChildren(PersonForm)
    assert form.keeper.line.words.text().startswith("clerk began this form on ")
    qtbot.mouseClick(form.keeper.line.go_on, Qt.MouseButton.LeftButton)
    settle(desk)
    inputs = form.inside.inputs
    assert not form.keeper.line.isVisible()
    assert inputs["own_name"].text() == "MUKAMANA"
    assert inputs["sex"].value() == "F"
    assert inputs["born_on"].text() == "3/5/9"
    assert inputs["place_id"].text() == "Musanze, Cyu"
    assert [one.mine for one in kept(office)] == [True]
    assert office.check().well
    form.reject()
    form.reject()
    settle(desk)
    assert kept(office) == []
    desk.close()
    office.close()


def test_steady_typing_is_kept_within_seconds(qtbot, page, desk, office, settle):
    form = opened(page, desk, settle)
    typed = ""
    end = time.monotonic() + 8
    while not kept(office) and time.monotonic() < end:
        qtbot.keyClicks(form.inside.inputs["own_name"], "A")
        typed += "A"
        qtbot.wait(100)
    assert kept(office) and len(typed) < 60
    vanish(form)


def test_saving_removes_it(qtbot, page, desk, office, settle):
    form = opened(page, desk, settle)
    type_and_wait(qtbot, office, form)
    qtbot.keyClick(form.inside.inputs["sex"], Qt.Key.Key_F)
    qtbot.keyClicks(form.inside.inputs["place_id"], "Musanze, Muhoza")
    settle(desk)
    qtbot.keyClick(form.inside.inputs["own_name"], Qt.Key.Key_Return)
    settle(desk)
    assert office.ask(overview.roster).count == 1 and kept(office) == []


def test_leaving_knowingly_removes_it_and_one_escape_does_not(
    qtbot, page, desk, office, settle
):
    form = opened(page, desk, settle)
    type_and_wait(qtbot, office, form)
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    settle(desk)
    assert len(kept(office)) == 1
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    settle(desk)
    assert kept(office) == []


def test_it_is_discarded_by_a_button(qtbot, page, desk, office, settle):
    first = opened(page, desk, settle)
    type_and_wait(qtbot, office, first)
    vanish(first)
    form = opened(page, desk, settle)
    assert "You began this form on " in form.keeper.line.words.text()
    qtbot.mouseClick(form.keeper.line.discard, Qt.MouseButton.LeftButton)
    settle(desk)
    assert kept(office) == [] and not form.keeper.line.isVisible()
    form.reject()


def test_what_a_colleague_typed_is_discarded_at_the_second_press_only(
    place_of, sign_in, settle
):
    office = sign_in("coordinator")
    office.do(drafts.keep, 7, NEW, 0, {"own_name": "KEZA"})
    office.close()
    desk, _window, page = place_of("clerk", "participants")
    form = opened(page, desk, settle)
    discard = form.keeper.line.discard
    discard.click()
    settle(desk)
    assert "coordinator" in discard.text() and len(kept(desk.office)) == 1
    discard.click()
    settle(desk)
    assert kept(desk.office) == []
    form.reject()


def test_two_new_people_do_not_overwrite_each_other(qtbot, page, desk, office, settle):
    first = opened(page, desk, settle)
    type_and_wait(qtbot, office, first)
    vanish(first)
    second = opened(page, desk, settle)
    qtbot.keyClicks(second.inside.inputs["own_name"], "INEZA")
    qtbot.waitUntil(lambda: len(kept(office)) == 2)
    names = {one.values["own_name"] for one in kept(office)}
    assert names == {"KEZA", "INEZA"}
    vanish(second)


def test_an_edit_lays_what_was_typed_over_what_the_record_is_now(
    qtbot, page, desk, office, settle, lines
):
    office.do(participants.import_people, lines(1))
    person = next(iter(office.ask(people.numbers).values()))
    form = opened(page, desk, settle, office.ask(people.form, person))
    qtbot.keyClicks(form.inside.inputs["phone"], "0788123456")
    change = ("participants.change", person)
    qtbot.waitUntil(lambda: office.ask(queries.offered, *change) != [])
    assert office.ask(queries.offered, *change)[0].values == {"phone": "0788123456"}
    vanish(form)
    office.do(participants.name_on_papers, person, "PERSONA Ineza Aline")
    again = opened(page, desk, settle, office.ask(people.form, person))
    said = again.keeper.line.words.text()
    assert "Since then coordinator has changed the record" in said
    again.keeper.line.go_on.click()
    settle(desk)
    assert again.inside.inputs["phone"].text() == "0788123456"
    assert again.inside.inputs["name_on_id"].text() == "PERSONA Ineza Aline"
    again.reject()
    again.reject()


def test_fields_of_another_version_are_left_out_with_a_word(page, desk, office, settle):
    typed = {"own_name": "KEZA", "shoe_size": "41", "sex": "X"}
    office.do(drafts.keep, 7, NEW, 0, typed)
    form = opened(page, desk, settle)
    form.keeper.line.go_on.click()
    settle(desk)
    assert form.inside.inputs["own_name"].text() == "KEZA"
    assert "left out" in form.keeper.line.words.text()
    form.reject()
    form.reject()


def test_what_was_typed_before_continuing_stays(qtbot, page, desk, office, settle):
    office.do(drafts.keep, 7, NEW, 0, {"own_name": "KEZA", "phone": "0788123456"})
    form = opened(page, desk, settle)
    qtbot.keyClicks(form.inside.inputs["own_name"], "INEZA")
    form.keeper.line.go_on.click()
    settle(desk)
    values = form.inside.values()
    assert (values["own_name"], values["phone"]) == ("INEZA", "0788123456")
    form.reject()
    form.reject()


def test_nothing_is_kept_of_a_form_that_is_as_it_was(qtbot, page, desk, office, settle):
    form = opened(page, desk, settle)
    settle(desk)
    form.keeper.keep()
    settle(desk)
    assert kept(office) == []
    form.reject()
    assert not form.isVisible()


def test_a_full_disk_is_said_once_and_typing_goes_on(
    qtbot, page, desk, settle, monkeypatch, office
):
    form = opened(page, desk, settle)

    def full(*_arguments):
        raise DiskFull(folder=office.folder)

    with monkeypatch.context() as patch:
        patch.setattr(office, "do", full)
        qtbot.keyClicks(form.inside.inputs["own_name"], "KE")
        qtbot.waitUntil(lambda: form.keeper.line.isVisible())
    assert "not kept" in form.keeper.line.words.text()
    qtbot.keyClicks(form.inside.inputs["own_name"], "ZA")
    qtbot.waitUntil(lambda: kept(office) != [])
    settle(desk)
    assert not form.keeper.line.isVisible()
    vanish(form)


def test_the_window_does_not_wait_for_the_disk(
    qtbot, page, desk, office, settle, monkeypatch
):
    """Saving takes a second here; the keys go on meanwhile."""
    form = opened(page, desk, settle)
    really = office.do

    def slowly(action, *args):
        time.sleep(1)
        return really(action, *args)

    monkeypatch.setattr(office, "do", slowly)
    qtbot.keyClicks(form.inside.inputs["own_name"], "KEZA")
    qtbot.waitUntil(lambda: not desk.idle())
    began = time.perf_counter()
    qtbot.keyClicks(form.inside.inputs["own_name"], "INEZA")
    took = time.perf_counter() - began
    assert not desk.idle() and took < 0.5
    monkeypatch.setattr(office, "do", really)
    vanish(form)
    settle(desk)


def test_a_form_that_the_program_filled_closes_at_once(qtbot, dressed):
    """Also where a field of several lines was filled: nobody typed anything."""
    form = Form([Field("told", "What is told", "long"), Field("name", "Name")])
    dialog = Dialog(None, "Any", form, "Save")
    form.show_values({"told": "in the village", "name": "KEZA"})
    dialog.show()
    with qtbot.waitSignal(dialog.finished):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
