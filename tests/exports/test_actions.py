"""What leaves is noted: what, how many, for whom and where to; no name, no path; and it cannot be taken back."""

import json
from datetime import UTC

import pytest

from cbs_desktop import settings
from cbs_desktop.errors import Invalid, ReadOnly, Refused
from cbs_desktop.exports import actions, files, queries
from cbs_desktop.exports.kinds import KINDS, PLACE_WORDS, RECIPIENT_WORDS
from cbs_desktop.exports.rules import PLACES, RECIPIENTS, Outgoing, Recipient
from cbs_desktop.keeping import actions as keeping
from cbs_desktop.keeping.queries import JournalFilter, acts
from cbs_desktop.safe import copies

DONOR = Recipient("donor", "", "Kenya")


def latest(office):
    return office.ask(acts, JournalFilter(room="exports")).lines[0]


def test_a_file_and_its_note_are_one_act(office, tmp_path):
    path = tmp_path / "MUKAMANA Alice.pdf"
    office.do(actions.save_files, Outgoing("list", 12, DONOR), {path: b"names"})
    assert path.read_bytes() == b"names"
    line = latest(office)
    assert line.done == "Saved list of people, 12 people: this computer, Donor (Kenya)"
    (left,) = office.ask(queries.what_left)
    assert (left.kind, left.people, left.to) == ("list", 12, DONOR)
    assert left.at.tzinfo is not None and left.at.astimezone(UTC) == left.at
    told = office._reader.connect().exec_driver_sql(
        "SELECT facts FROM act ORDER BY id DESC LIMIT 1"
    )
    facts = told.scalar()
    assert json.loads(facts)["permission"] == "print"
    assert "Alice" not in facts and str(tmp_path) not in facts


def test_what_could_not_be_written_is_not_noted(office, tmp_path):
    (tmp_path / "in the way").write_text("a file")
    with pytest.raises(ReadOnly):
        office.do(
            actions.save_files,
            Outgoing("list", 3),
            {tmp_path / "in the way" / "list.pdf": b"names"},
        )
    assert office.ask(queries.what_left) == []


@pytest.mark.parametrize(
    ("to", "field"),
    [
        (Recipient("other"), "other"),
        (Recipient("nobody"), "who"),
        (Recipient("donor", "", "x" * 81), "country"),
        (Recipient("own use", "", "Kenya"), "country"),
    ],
)
def test_who_gets_it_is_checked_before_anything_is_written(office, tmp_path, to, field):
    path = tmp_path / "list.pdf"
    with pytest.raises(Invalid) as wrong:
        office.do(actions.save_files, Outgoing("list", 1, to), {path: b""})
    assert [fault.field for fault in wrong.value.faults] == [field]
    assert not path.exists()


def test_the_permission_of_the_kind_is_asked_for(sign_in, tmp_path):
    auditor = sign_in("auditor")
    path = tmp_path / "list.pdf"
    with pytest.raises(Refused):
        auditor.do(actions.save_files, Outgoing("list", 1), {path: b"names"})
    with pytest.raises(Refused):
        auditor.do(actions.send_to_printer, Outgoing("certificates", 1))
    assert not path.exists()
    auditor.do(actions.save_files, Outgoing("graduation report"), {path: b"figures"})
    assert latest(auditor).done.startswith("Saved graduation report, 0 people")


def test_an_auditor_reads_what_left_and_not_of_whom(office, sign_in):
    office.do(actions.send_to_printer, Outgoing("certificates", 9))
    office.close()
    auditor = sign_in("auditor")
    assert latest(auditor).done == "Sent to the printer: certificates, 9 people"


def test_undo_passes_over_what_left(office, tmp_path):
    office.do(settings.set_value, "lock after", 9)
    office.do(actions.send_to_printer, Outgoing("list", 4))
    assert office.undoable()[0] == "Changed a setting: lock after"
    office.undo()
    assert office.ask(settings.all_values)["lock after"] == 5
    assert len(office.ask(queries.what_left)) == 1


def test_the_last_recipient_is_offered_again_for_the_same_kind(office, tmp_path):
    path = tmp_path / "list.pdf"
    assert office.ask(queries.last_recipient, "list") == Recipient()
    office.do(actions.save_files, Outgoing("list", 1, DONOR), {path: b""})
    office.do(actions.send_to_printer, Outgoing("list", 1))
    assert office.ask(queries.last_recipient, "list") == DONOR
    assert office.ask(queries.last_recipient, "certificates") == Recipient()


def test_an_office_that_is_only_looked_at_saves_and_says_so(office, tmp_path):
    path = tmp_path / "list.pdf"
    office.why_look_only = ReadOnly(folder=tmp_path)
    try:
        assert files.write(office, Outgoing("list", 1), {path: b"names"}) is False
    finally:
        office.why_look_only = None
    assert path.read_bytes() == b"names" and office.ask(queries.what_left) == []


def test_sticks_have_numbers_that_stay(office, tmp_path, monkeypatch):
    one = tmp_path / "KINGSTON"
    other = tmp_path / "BLUE"
    for stick in (one, other):
        stick.mkdir()
    monkeypatch.setattr(copies, "_drives", lambda: iter([one, other]))
    for into in (one, other / "backups", one):
        office.do(keeping.back_up, into)
    assert office.last_change.done == "Backed up the office: USB stick 1"
    office.do(actions.save_files, Outgoing("list", 2), {one / "l.pdf": b""})
    assert latest(office).done.startswith("Saved list of people, 2 people: USB stick 1")
    found = office.ask(queries.sticks)
    assert [(stick.number, stick.backups) for stick in found] == [(1, 2), (2, 1)]
    assert copies.is_marked(one, office.fingerprint)


def test_every_kind_place_and_recipient_has_words():
    assert set(PLACES) == set(PLACE_WORDS) and set(RECIPIENTS) == set(RECIPIENT_WORDS)
    assert all(kind.word for kind in KINDS.values())
