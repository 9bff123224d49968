"""The Office page by its widgets: each section shows its matter and changes it; one section more is one entry more."""

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from cbs_desktop import settings
from cbs_desktop.certificates import queries as certificates
from cbs_desktop.places import queries as places
from cbs_desktop.programmes import queries as programmes
from ui.office import page as office_page
from ui.office.districts import Districts
from ui.office.keeping import Keeping
from ui.office.naming import Naming
from ui.office.rounds import ProgrammeSection, Rounds
from ui.office.section import Section
from ui.office.signers import Signers
from ui.widgets.dialog import Dialog


@pytest.fixture
def page(window, desk, settle):
    window.open("office")
    settle(desk)
    return window._pages["office"]


def words(widget):
    return " | ".join(each.text() for each in widget.findChildren(QLabel))


def press(section, text):
    next(
        each
        for each in section.findChildren(QPushButton)
        if each.accessibleName() == text
    ).click()
    return next(
        (
            w
            for w in QApplication.topLevelWidgets()
            if isinstance(w, Dialog) and w.isVisible()
        ),
        None,
    )


def fill(dialog, desk, settle, **values):
    settle(desk)
    dialog.inside.show_values(values)
    dialog.finish()
    settle(desk)


def test_every_section_shows_its_matter(page):
    assert "Musanze office" in words(page.section(Naming)) and "MU" in words(
        page.section(Naming)
    )
    assert "Musanze, Ngoma" in words(page.section(Districts))
    assert "2026A" in words(page.section(Rounds))
    assert "of 15 sessions held" in words(page.section(ProgrammeSection))
    assert "none yet" in words(page.section(Signers)) and "none yet" in words(
        page.section(Keeping)
    )


def test_every_section_changes_its_matter(page, desk, office, settle):
    fill(press(page.section(Naming), "Change"), desk, settle, office="Ngoma office")
    assert office.ask(settings.all_values)["office"] == "Ngoma office"
    fill(
        press(page.section(Districts), "Add facility"),
        desk,
        settle,
        name="Prison of Musanze",
        rooms=2,
    )
    assert [one.name for one in office.ask(places.facilities)] == ["Prison of Musanze"]
    fill(press(page.section(Rounds), "Edit the latest"), desk, settle, name="2026B")
    assert office.ask(programmes.rounds)[0].name == "2026B"
    fill(
        press(page.section(ProgrammeSection), "Edit settings"),
        desk,
        settle,
        complete_at=11,
    )
    assert office.ask(programmes.programmes)[0][1].complete_at == 11
    fill(
        press(page.section(Signers), "Change"),
        desk,
        settle,
        name1="KEZA Aline",
        title1="Coordinator",
    )
    assert [one.name for one in office.ask(certificates.signatories)] == ["KEZA Aline"]
    shown = words(page)
    assert all(
        each in shown
        for each in (
            "Ngoma office",
            "Prison of Musanze",
            "2026B",
            "11 of 15",
            "KEZA Aline",
        )
    )


def test_districts_are_ticked(page, desk, office, settle):
    dialog = press(page.section(Districts), "Districts")
    ids = {one.name: one.id for one in office.ask(places.districts)}
    fill(dialog, desk, settle, districts=[ids["Musanze"], ids["Burera"]])
    assert sorted(one.name for one in office.ask(places.covered)) == [
        "Burera",
        "Musanze",
    ]


def test_the_file_is_checked_and_backed_up(page, desk, settle, tmp_path):
    said = []
    page.said.connect(said.append)
    press(page.section(Keeping), "Check the office")
    settle(desk)
    page.section(Keeping).back_up_to(tmp_path / "usb")
    settle(desk)
    assert "All is well" in said[0] and "saved and verified" in said[1]
    assert "Last backup | none yet" not in words(page.section(Keeping))


def test_one_section_more_is_one_entry_more(monkeypatch, qtbot, desk, settle):
    class More(Section):
        def __init__(self, page):
            super().__init__(page)
            self.build("More", ("Look", self.refresh))

        def refresh(self):
            self.ask(
                settings.all_values,
                lambda values: self.facts.show_facts([("Code", values["code"])]),
            )

    left, right = office_page.COLUMNS
    monkeypatch.setattr(office_page, "COLUMNS", (left, (*right, More)))
    made = office_page.OfficePage(desk)
    qtbot.addWidget(made)
    made.show()
    settle(desk)
    assert (
        made.section(More).isVisible()
        and "MU" in words(made.section(More))
        and "MU" in words(made.section(Naming))
    )
