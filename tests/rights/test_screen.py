"""The dialog of a person's rights: a request, restriction, erasing with its preview."""

from datetime import date

import pytest
from PySide6.QtWidgets import QLabel
from shiboken6 import isValid

from cbs_desktop.keeping import copying
from cbs_desktop.rights import actions, queries
from cbs_desktop.rights.actions import RequestDetails
from cbs_desktop.safe.copies import Why
from ui.participants.erasing import EraseDialog, HoldingDialog
from ui.participants.rights import RightsDialog

DAY = date(2026, 3, 2)


@pytest.fixture
def opened(office, screened, desk, window, settle):
    """The dialog of the first of two people."""
    person = screened(2)[0]
    window.open("participants")
    settle(desk)
    page = window._pages["participants"]

    def of(which=person):
        page.table.choose(0)
        settle(desk)
        page.person.show_rights()
        settle(desk)
        return next(d for d in page.findChildren(RightsDialog) if d.isVisible())

    return of


def said(dialog):
    return " ".join(each.text() for each in dialog.findChildren(QLabel))


def test_a_request_is_recorded_and_its_clock_shown(opened, desk, settle, office):
    dialog = opened()
    dialog.finish()
    settle(desk)
    (form,) = [d for d in dialog.children() if type(d).__name__ == "RequestDialog"]
    form.inside.show_values({"kind": "erase", "from_whom": "her daughter"})
    form.finish()
    settle(desk)
    (request,) = office.ask(queries.open_requests)
    assert (request.kind, request.from_whom, request.clock.left) == (
        "erase",
        "her daughter",
        30,
    )
    assert dialog.table.rows[0].id == request.id
    assert dialog.erase.isEnabled()


def test_somebody_is_erased_with_the_password(opened, desk, settle, office, screened):
    first = opened()
    person = first._record.row.id
    office.do(actions.record_request, person, RequestDetails("erase", DAY))
    first.look()
    settle(desk)
    first.begin_erasure()
    settle(desk)
    (dialog,) = first.findChildren(EraseDialog)
    assert "only coordinator" in said(dialog) and "cannot be undone" in said(dialog)
    dialog.finish()
    settle(desk)
    assert "Confirm the erasure with your password" in said(dialog)
    dialog.password.setText("four plain words")
    dialog.finish()
    settle(desk)
    assert office.ask(queries.of_person, person).erased
    assert not isValid(first)  # no copy holds them: there is nothing more to do


def test_everything_is_saved(opened, desk, settle, tmp_path):
    dialog = opened()
    dialog.save_to(tmp_path / "all.zip")
    settle(desk)
    assert (tmp_path / "all.zip").read_bytes().startswith(b"PK")


def test_copies_are_named_after_it_and_destroyed(opened, desk, settle, office):
    copy = copying.automatic(office, Why.WORKING)
    first = opened()
    person = first._record.row.id
    request = office.do(actions.record_request, person, RequestDetails("erase", DAY))
    office.do(actions.erase, request, "four plain words")
    first.erased()
    settle(desk)
    (dialog,) = first.findChildren(HoldingDialog)
    assert [one.name for one in dialog.table.rows] == [copy.name]
    dialog.finish()
    settle(desk)
    assert not copy.exists()


def test_enter_leaves_what_cannot_be_undone(opened):
    first = opened()
    dialog = HoldingDialog(first, first._screen, [])
    dialog.show()
    assert dialog.cancel.isDefault() and not dialog.main.isDefault()
    dialog.reject()
