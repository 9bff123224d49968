"""An office whose disk takes nothing, in the window: everything can be read, a band says why, every change is refused."""

import pytest

from cbs_desktop import settings
from cbs_desktop.errors import DiskFull, LookOnly, ReadOnly
from cbs_desktop.office import Office
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.office.keeping import Keeping

PASSWORD = "four plain words"


@pytest.fixture(params=[DiskFull, ReadOnly])
def looking(request, folder, calendar, monkeypatch):
    why = request.param(folder=folder)
    Office.open(folder, "coordinator", PASSWORD).close()

    def refuse(_class, *_nothing):
        raise why

    monkeypatch.setattr(Office, "_made", classmethod(refuse))
    return Office.open(folder, "coordinator", PASSWORD, calendar)


def test_an_office_that_takes_nothing_is_looked_at_in_the_window(
    qtbot, dressed, looking, settle, words, tmp_path
):
    files = {file.name: file.read_bytes() for file in looking.folder.iterdir()}
    desk = Desk(looking)
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.resize(1092, 576)
    window.show()
    for place in ("home", "participants", "groups", "reports", "office"):
        window.open(place)
        settle(desk)
    window.check()
    settle(desk)
    assert any("nothing is saved" in text for text in words(window))
    assert "Only to look at" in words(window._strip)
    refused = []
    desk.do(window, settings.set_value, "office", "x", failed=refused.append)
    settle(desk)
    assert isinstance(refused[0], LookOnly)
    keeping = window._pages["office"].section(Keeping)
    keeping.back_up_to(tmp_path / "usb")
    settle(desk)
    assert len(list((tmp_path / "usb").iterdir())) == 1
    window.close()
    assert looking.closed
    after = {file.name: file.read_bytes() for file in looking.folder.iterdir()}
    assert after == files
