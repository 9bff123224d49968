"""The Certificates place by keys: a season in six of them, near-misses, decisions, names, jams; and checking a paper."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QApplication, QFileDialog

from cbs_desktop.certificates import actions, numbers, papers, queries, trust
from cbs_desktop.exports.queries import what_left
from ui.widgets.dialog import Dialog

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def place(qtbot, dressed, practice, settle):
    """The window over the practice office, at Home, and a way to wait."""
    from ui.desk import Desk
    from ui.main_window import MainWindow

    desk = Desk(practice)
    made = MainWindow(desk)
    qtbot.addWidget(made)
    made.closeEvent = lambda event: event.accept()
    made.resize(1092, 576)
    made.show()
    made.activateWindow()
    made.open("home")
    made.wait = lambda: settle(desk)
    made.wait()
    yield made
    desk.close()


@pytest.fixture
def certificates(place):
    place.open("certificates")
    place.wait()
    return place._pages["certificates"]


@pytest.fixture
def printer(monkeypatch, tmp_path):
    """A printer that is there and prints into files; the range of pages can be set."""
    asked = {"count": 0, "range": None, "yes": True}

    def exec_(dialog):
        asked["count"] += 1
        printer = dialog.printer()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / f"printed-{asked['count']}.pdf"))
        if asked["range"]:
            printer.setPrintRange(QPrinter.PrintRange.PageRange)
            printer.setFromTo(*asked["range"])
        return asked["yes"]

    monkeypatch.setattr(
        QPrinterInfo, "availablePrinterNames", staticmethod(lambda: ["Office"])
    )
    monkeypatch.setattr(QPrintDialog, "exec", exec_)
    return asked


def dialog(qtbot, window):
    found = []

    def is_open():
        found[:] = [
            w
            for w in QApplication.topLevelWidgets()
            if isinstance(w, Dialog) and w.isVisible()
        ]
        assert found

    qtbot.waitUntil(is_open, timeout=20_000)
    window.wait()
    return found[-1]


def press(qtbot, window, key, modifier=Qt.KeyboardModifier.NoModifier, on=None):
    qtbot.keyClick(on or window, key, modifier)
    window.wait()
    window.wait()


def test_a_season_takes_six_keys_from_home(qtbot, place, practice, open_again, printer):
    people = open_again(5)
    practice.do(actions.printed, [one.id for one in practice.ask(queries.register)])
    place.activateWindow()
    qtbot.waitUntil(place.isActiveWindow)
    keys = [
        (Qt.Key.Key_6, CTRL),
        (Qt.Key.Key_A, CTRL),
        (Qt.Key.Key_Return, CTRL),
        (Qt.Key.Key_P, CTRL),
    ]
    for key, modifier in keys:
        press(qtbot, place, key, modifier)
    shown = dialog(qtbot, place)  # the printer's own dialog took the fifth key
    press(qtbot, place, Qt.Key.Key_Return, on=shown)
    assert printer["count"] == 1 and len(keys) + printer["count"] + 1 <= 6
    fresh = [
        one
        for one in practice.ask(queries.register)
        if one.person_id in people and not one.withdrawn_on
    ]
    assert [one.state for one in fresh] == ["printed"] * 5 and practice.ask(
        queries.unconfirmed
    ) == []


def test_after_a_jam_the_others_are_printed_again_and_are_no_duplicates(
    qtbot, place, practice, certificates, open_again, printer, tmp_path
):
    open_again(4)
    certificates.refresh()
    place.wait()
    certificates.filter.setCurrentIndex(0)
    certificates.issue()
    place.wait()
    place.wait()
    certificates.register.model_rows.tick(certificates.register.rows[-4:])
    certificates.print_shown()
    asked = dialog(qtbot, place)
    assert asked.inside.values() == {"pages": "1-4"}
    for wrong in ("5", "x", "0-2"):
        asked.inside.show_values({"pages": wrong})
        asked.finish()
        assert asked.isVisible() and "1-7, 9" in asked.inside._faults["pages"].text()
    asked.reject()  # the answer is owed, and asked for again
    certificates.refresh()
    place.wait()
    assert (
        not certificates._waiting.isHidden()
        and certificates._waiting.text().strip().startswith("4 certificates")
    )
    certificates.filter.setCurrentIndex(1)
    certificates.register.model_rows.tick(certificates.register.rows[-1:])
    certificates.print_shown()  # first the answer
    asked = dialog(qtbot, place)
    asked.inside.show_values({"pages": "1, 3"})
    asked.finish()
    place.wait()
    place.wait()
    assert certificates._waiting.isHidden()
    states = [one.state for one in certificates.register.rows[-4:]]
    assert states == ["printed", "to be printed", "printed", "to be printed"]
    assert [one.state for one in certificates.register.ticked()][-2:] == [
        "to be printed"
    ] * 2
    ids = [one.id for one in certificates.register.ticked()][-2:]
    assert not any(one.duplicate for _i, one in practice.ask(queries.printable, ids))


def test_a_range_of_pages_is_noted_alone(
    qtbot, place, practice, certificates, open_again, printer
):
    open_again(4)
    certificates.refresh()
    place.wait()
    certificates.filter.setCurrentIndex(0)
    certificates.issue()
    place.wait()
    place.wait()
    printer["range"] = (2, 3)
    certificates.register.model_rows.tick(certificates.register.rows[-4:])
    certificates.print_shown()
    asked = dialog(qtbot, place)
    assert asked.inside.values() == {"pages": "1-2"}
    asked.finish()
    place.wait()
    assert sum(one.prints for one in practice.ask(queries.register)) == 2


def test_a_near_miss_has_its_sum_and_a_decision_says_why(
    qtbot, place, practice, certificates
):
    certificates.filter.setCurrentIndex(2)
    nearly = certificates.people.rows
    assert nearly and all(
        "short" in certificates.people.model_rows.index(i, 2).data()
        for i in range(len(nearly))
    )
    one = certificates.people.current()
    certificates.decide()
    asked = dialog(qtbot, place)
    asked.finish()
    place.wait()
    assert asked.isVisible()  # no words given
    asked.inside.show_values(
        {"reason": "register incomplete", "words": "sheet 7 was lost"}
    )
    asked.finish()
    place.wait()
    place.wait()
    assert practice.ask(queries.register)[-1].person_id == one.person_id
    certificates.filter.setCurrentIndex(1)
    certificates.register.choose(len(certificates.register.rows) - 1)
    place.wait()
    assert (
        "by exception, decided by coordinator: sheet 7 was lost"
        in certificates.looking.facts.text()
    )


def test_looking_at_a_near_miss_opens_its_group(qtbot, place, certificates):
    certificates.filter.setCurrentIndex(2)
    seen = []
    certificates.opens.connect(lambda *where: seen.append(where))
    press(qtbot, place, Qt.Key.Key_Return, on=certificates.people)
    assert seen == [("attendance", certificates.people.current().group_id)]


def test_a_wrong_name_is_corrected_before_and_after_issuing(
    qtbot, place, practice, certificates, open_again
):
    (person,) = open_again(1)
    certificates.refresh()
    place.wait()
    certificates.filter.setCurrentIndex(0)
    for name in ("UWASE Marie", "UWASE Marie-Claire"):
        certificates.correct()
        asked = dialog(qtbot, place)
        asked.inside.show_values({"name_on_id": name})
        asked.finish()
        place.wait()
        place.wait()
        if name == "UWASE Marie":
            assert certificates.people.current().printed_name == name
            certificates.issue()
            place.wait()
            place.wait()
            certificates.register.choose(len(certificates.register.rows) - 1)
    mine = [one for one in practice.ask(queries.register) if one.person_id == person]
    assert [one.state for one in mine] == ["withdrawn", "replaced", "to be printed"]
    assert [one.name for one in mine[1:]] == ["UWASE Marie", "UWASE Marie-Claire"]
    certificates.register.choose(len(certificates.register.rows) - 1)
    certificates.correct()
    asked = dialog(qtbot, place)
    asked.finish()
    place.wait()
    assert (
        asked.isVisible()
        and "name on the certificate is still" in asked._trouble.text()
    )
    asked.reject()


def test_withdrawing_asks_why_and_the_register_tells(
    qtbot, place, practice, certificates
):
    certificates.filter.setCurrentIndex(1)
    one = certificates.register.current()
    certificates.withdraw()
    asked = dialog(qtbot, place)
    asked.inside.show_values({"reason": "wrong person"})
    asked.finish()
    place.wait()
    place.wait()
    (now,) = [each for each in certificates.register.rows if each.id == one.id]
    assert (now.state, now.withdrawn_reason) == ("withdrawn", "wrong person")
    qtbot.keyClicks(certificates.search, one.number[-4:])
    place.wait()
    assert [each.number for each in certificates.register.rows] == [one.number]


def test_without_a_printer_it_is_said(place, practice, certificates, monkeypatch):
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(list))
    certificates.filter.setCurrentIndex(1)
    certificates.print_shown()
    place.wait()
    assert (
        "No printer is set up" in place.bar._what.text()
        and practice.ask(queries.unconfirmed) == []
    )


def test_printing_that_is_called_off_notes_nothing(
    place, practice, certificates, printer
):
    printer["yes"] = False
    certificates.filter.setCurrentIndex(1)
    certificates.register.model_rows.tick(certificates.register.rows[:2])
    certificates.print_shown()
    place.wait()
    assert (
        practice.ask(queries.unconfirmed) == []
        and "Not printed" in place.bar._what.text()
    )


def test_one_group_in_the_order_of_names(
    qtbot, place, practice, certificates, tmp_path, monkeypatch
):
    certificates.filter.setCurrentIndex(1)
    certificates.group.setCurrentIndex(3)
    place.wait()
    name = certificates.group.currentText()
    assert {one.group for one in certificates.register.rows} == {name} and len(
        certificates.register.ticked()
    ) > 5
    certificates.looking.order.setCurrentIndex(1)
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "group.pdf"), "")
    )
    certificates.save_shown()
    dialog(qtbot, place).finish()
    place.wait()
    assert (tmp_path / "group.pdf").exists()
    assert {one.state for one in certificates.register.rows} == {"printed"}
    for save in (certificates.save_proof, certificates.save_register):
        save()
        dialog(qtbot, place).finish()
        place.wait()
    kinds = [one.kind for one in practice.ask(what_left)]
    assert kinds == ["certificate register", "proof list", "certificates"]


def test_a_clock_that_is_behind_is_said(place, practice, certificates):
    found = practice.ask(numbers.numbering)
    certificates._show_numbers(
        replace(found, behind=practice.ask(queries.register)[0].issued_on)
    )
    assert (
        "clock" in certificates._numbers.text()
        and found.number() in certificates._numbers.text()
    )


# --- checking a paper


@pytest.fixture
def checking(place):
    place.open("checking")
    place.wait()
    return place._pages["checking"]


def test_a_paper_is_checked_from_text_and_from_a_file(
    qtbot, place, practice, checking, tmp_path
):
    register = practice.ask(queries.register)
    practice.do(actions.withdraw, register[1].id, "wrong person")
    bad = register[2].code[:-1] + ("A" if register[2].code[-1] != "A" else "B")
    checking.text.setPlainText(
        "\n".join([register[0].code, register[1].code, bad, "nonsense"])
    )
    place.activateWindow()
    qtbot.waitUntil(place.isActiveWindow)
    press(qtbot, place, Qt.Key.Key_Return, CTRL, on=place)
    said = [checking.table.model_rows.index(i, 2).data() for i in range(4)]
    assert (
        sorted(said) == ["Altered", "Genuine", "Not a certificate", "Withdrawn"]
        and said[-1] == "Genuine"
    )
    checking.table.choose(3)
    assert (
        checking.state.text() == "Genuine"
        and "own current register" in checking.meaning.text()
    )
    path = tmp_path / "paper.pdf"
    path.write_bytes(
        papers.render(
            practice, [practice.ask(queries.printable, [register[0].id])[0][1]]
        )
    )
    checking.check_file(path)
    qtbot.waitUntil(lambda: len(checking.table.rows) == 1, timeout=20_000)
    assert [one.facts.number for one in checking.table.rows] == [register[0].number]
    (tmp_path / "broken.png").write_bytes(b"no picture")
    checking.check_file(tmp_path / "broken.png")
    place.wait()
    assert "broken.png is damaged" in place.bar._what.text()


def test_the_root_key_is_shown_once_and_a_list_is_taken_by_its_fingerprint(
    qtbot, place, practice, checking, office, tmp_path, monkeypatch
):
    checking.make_root()
    asked = dialog(qtbot, place)
    asked.finish()
    place.wait()
    shown = dialog(qtbot, place)
    groups = shown.written._groups
    assert len(groups) == 7 and not shown.written.asking
    shown.finish()
    shown.finish()
    faults = shown.written.form._faults.values()
    assert shown.isVisible() and all(fault.text() for fault in faults)
    typed = {str(number): groups[number - 1] for number in shown.written.asked}
    shown.written.form.show_values(typed)
    shown.finish()
    assert not shown.isVisible()
    office.do(trust.make_root)
    path = tmp_path / "list.json"
    path.write_text(office.do(trust.give_list), "utf-8")
    print_ = office.ask(queries.lists_here)[0].fingerprint
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    checking.take_list()
    asked = dialog(qtbot, place)
    asked.inside.show_values({"trust": "AAAA-BBBB-CCCC"})
    asked.finish()
    place.wait()
    assert "does not match" in asked._trouble.text()
    asked.inside.show_values({"trust": print_.lower()})
    asked.finish()
    place.wait()
    assert [one.office for one in practice.ask(queries.lists_here)] == [
        "Practice office",
        "Musanze office",
    ]
    for name, act in (
        ("page.html", checking.write_page),
        ("ours.json", checking.give_list),
    ):
        monkeypatch.setattr(
            QFileDialog,
            "getSaveFileName",
            lambda *_, name=name: (str(tmp_path / name), ""),
        )
        act()
        place.wait()
        assert (tmp_path / name).stat().st_size > 500


def test_a_whole_season_is_turned_through_page_by_page(qtbot, place, certificates):
    certificates.turn()  # all that are to be printed are ticked
    place.wait()
    looking = certificates.looking
    assert (
        looking.preview.pages == 836
        and looking.preview.content.count(b"/Type /Page\n") <= 1
    )
    first = looking.facts.text()
    looking.preview.show_page(835)
    place.wait()
    assert (
        looking.facts.text() != first
        and "·" in looking.facts.text()
        and looking.preview.content.startswith(b"%PDF")
    )
