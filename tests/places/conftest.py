"""What the tests of the Office places share: an own questionnaire as a file, resources that may be changed, dialogs."""

import shutil

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from cbs_desktop import resource
from cbs_desktop.screening import instruments
from ui.widgets.dialog import Dialog

OWN = """
key = "dignity"
version = 1
languages = ["en", "fr"]
title = { en = "Dignity", fr = "Dignité" }
recall = { en = "Now", fr = "Maintenant" }
licence = "Our own wording."
blank_most = 1

[answers]
much = [[0, { en = "not", fr = "pas" }], [1, { en = "some", fr = "peu" }], [2, { en = "much", fr = "beaucoup" }]]

[[item]]
number = 1
topic = { en = "Being greeted", fr = "Être salué" }
[[item]]
number = 2
topic = { en = "Being heard", fr = "Être entendu" }
[[item]]
number = 3
topic = { en = "Not wanting to live", fr = "Ne plus vouloir vivre" }
risk = { en = "suicide", fr = "suicide" }
[[item]]
number = 4
topic = { en = "Who greets", fr = "Qui salue" }
ask_if = { item = 1, is = [1, 2] }

[[score]]
key = "total"
title = { en = "Total", fr = "Total" }
kind = "sum"
items = [1, 2]
better = "higher"

[[cutoff]]
set = "Ngozi 2024"
score = "total"
operator = "<"
value = 2
sex = "M"
country = "BI"
population = { en = "returnees", fr = "rapatriés" }
source = "invented for a test"

[[change]]
score = "total"
points = 1
source = "invented for a test as well"
"""


@pytest.fixture
def own(tmp_path):
    """Write the own questionnaire to a file, changed in places."""

    def write(*changes, name="dignity.toml"):
        text = OWN
        for before, after in changes:
            assert before in text, before
            text = text.replace(before, after, 1)
        (tmp_path / name).write_text(text, "utf-8")
        return tmp_path / name

    return write


@pytest.fixture
def files(tmp_path, monkeypatch):
    """A copy of the resources that a test may change; the loader's memory is emptied before and after."""
    root = shutil.copytree(resource.ROOT, tmp_path / "resources")
    monkeypatch.setattr(resource, "ROOT", root)
    instruments.shipped.cache_clear()
    yield root / "instruments"
    instruments.shipped.cache_clear()


@pytest.fixture
def dialog(qapp):
    """The dialog that is open, or None."""
    return lambda: next(
        (
            w
            for w in QApplication.topLevelWidgets()
            if isinstance(w, Dialog) and w.isVisible()
        ),
        None,
    )


@pytest.fixture
def words():
    """Everything that a widget says."""
    return lambda widget: [
        each.text()
        for each in widget.findChildren(QLabel)
        if not each.isHidden() and each.text()
    ]


@pytest.fixture
def place_of(qtbot, dressed, sign_in, settle):
    """A place in the window of somebody else, opened; (desk, window, page)."""
    from ui.desk import Desk
    from ui.main_window import MainWindow

    desks = []

    def open_as(who, word):
        desk = Desk(sign_in(who))
        desks.append(desk)
        window = MainWindow(desk)
        qtbot.addWidget(window)
        window.closeEvent = lambda event: event.accept()
        window.resize(1092, 576)
        window.show()
        window.open(word)
        settle(desk)
        return desk, window, window._pages[word]

    yield open_as
    for desk in desks:
        desk.close()
