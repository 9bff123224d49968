"""A loss from its note to its end: what it held is counted then, each step is kept, and papers tell it without a name."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from cbs_desktop.errors import Invalid, Missing, Refused, RuleBroken
from cbs_desktop.exports import actions as exports
from cbs_desktop.exports import queries as left
from cbs_desktop.exports.rules import Outgoing
from cbs_desktop.keeping import actions as keeping
from cbs_desktop.overview import queries as overview
from cbs_desktop.participants import actions as participants
from cbs_desktop.protection import actions, documents, queries
from cbs_desktop.protection.law import of_country
from cbs_desktop.protection.rules import ControllerEntries, HeldData, Loss
from cbs_desktop.safe import copies

LAW = of_country("RW")


@pytest.fixture
def loss(office):
    return Loss("laptop", office.now(), where="Bus to Musanze")


def text(content):
    pages = PdfReader(BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


def test_a_laptop_held_what_the_office_holds(office, lines, loss):
    office.do(participants.import_people, lines(4))
    office.do(actions.open_breach, loss)
    office.do(participants.import_people, lines(4, "Cyuve"))
    (case,) = office.ask(queries.cases)
    assert case.held == HeldData(people=4, sheets=0, copies=1)  # as it was counted then
    assert (case.loss, case.reasons, case.closed) == (loss, (), None)


def test_a_stick_held_the_fullest_backup_and_the_files_on_it(
    office, lines, loss, tmp_path, monkeypatch
):
    stick = tmp_path / "STICK"
    stick.mkdir()
    monkeypatch.setattr(copies, "_drives", lambda: iter([stick]))
    office.do(keeping.back_up, stick)
    office.do(participants.import_people, lines(3))
    office.do(keeping.back_up, stick)
    office.do(exports.save_files, Outgoing("list", 2), {stick / "l.pdf": b""})
    office.do(exports.save_files, Outgoing("list", 3), {tmp_path / "l.pdf": b""})
    found = office.ask(queries.held, replace(loss, kind="stick", stick=1))
    assert found == HeldData(people=3, sheets=0, copies=2, plain=2)
    later = loss.noticed - timedelta(days=1)
    before = replace(loss, kind="stick", stick=1, noticed=later)
    assert office.ask(queries.held, before) == HeldData()


def test_a_paper_held_whom_its_print_named(office, loss):
    office.do(exports.send_to_printer, Outgoing("list", 17))
    (paper,) = office.ask(left.what_left)
    lost = replace(loss, kind="paper", export=paper.id)
    breach = office.do(actions.open_breach, lost)
    case = office.ask(queries.case, breach)
    assert case.held == HeldData(plain=17) and case.reasons == ("plain",)
    assert case.measures[-1] == "tell persons"


def test_each_step_keeps_its_moment_and_can_be_taken_back(office, calendar, loss):
    breach = office.do(actions.open_breach, loss)
    office.do(actions.note_steps, breach, ["police"], True, False)
    told = office.ask(queries.case, breach).told
    office.do(actions.note_steps, breach, ["police", "passwords"], True, True)
    case = office.ask(queries.case, breach)
    assert case.told == told and case.reported is not None
    assert case.taken == {"police", "passwords"}
    office.undo()
    assert office.ask(queries.case, breach).taken == {"police"}
    with pytest.raises(Invalid):
        office.do(actions.note_steps, breach, ["tell persons"], True, False)
    with pytest.raises(Missing):
        office.do(actions.note_steps, 1, [], True, False)


def test_it_is_closed_with_an_outcome_and_stays_so(office, loss):
    breach = office.do(actions.open_breach, loss)
    assert office.ask(overview.today).todos[0].code == "breach"
    for outcome in ("  ", "x" * 501):
        with pytest.raises(Invalid):
            office.do(actions.close_breach, breach, outcome)
    office.do(actions.close_breach, breach, "Found in the bus, locked.")
    assert office.ask(queries.case, breach).outcome == "Found in the bus, locked."
    with pytest.raises(RuleBroken):
        office.do(actions.note_steps, breach, [], False, False)
    assert "breach" not in [todo.code for todo in office.ask(overview.today).todos]


def test_an_auditor_reads_and_a_clerk_does_not(office, sign_in, loss):
    office.do(actions.open_breach, loss)
    office.close()
    auditor = sign_in("auditor")
    assert len(auditor.ask(queries.cases)) == 1
    with pytest.raises(Refused):
        auditor.do(actions.open_breach, loss)
    auditor.close()
    clerk = sign_in("clerk")
    with pytest.raises(Refused):
        clerk.ask(queries.cases)
    assert "breach" not in [todo.code for todo in clerk.ask(overview.today).todos]


def test_notice_and_report_say_what_the_law_asks_and_no_name(office, lines, loss):
    office.do(participants.import_people, lines(4))
    names = [row.name for row in office.ask(overview.roster).rows]
    breach = office.do(actions.open_breach, replace(loss, was_open=True))
    office.do(actions.note_steps, breach, ["police"], False, False)
    case = office.ask(queries.case, breach)
    entries = ControllerEntries(
        authority_contact="KG 7 Ave, Kigali", officer="UWERA Diane", registration="R-17"
    )
    notice = text(documents.notice(office, case, LAW, entries, office.now()))
    report = text(documents.report(office, case, LAW, entries, office.now()))
    assert "Notice of a personal data breach" in notice and "art. 43" in notice
    assert "4 people" in report and "art. 44" in report
    assert "Bus to Musanze" in report and "Reported to the police" in report
    assert "The risk is high" in report and "Contact at the office" in report
    assert "National Cyber Security Authority" in notice
    for told in ("KG 7 Ave, Kigali", "UWERA Diane", "under R-17"):
        assert told in notice and told in report
    for name in names:
        assert name not in notice + report
