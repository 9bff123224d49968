"""The short drills: spoilt files, disks that fail, and restoring after a copy under load. The long ones: tests/damage.py,
tests/disk.py, tests/backup.py."""

import os

import pytest

from cbs_desktop import errors
from cbs_desktop.paper import file as paper_file
from cbs_desktop.problems import say
from cbs_desktop.safe import disk as disks
from tests import backup, damage, disk, drills


@pytest.mark.parametrize("kind", damage.KINDS)
def test_every_spoilt_file_is_named(kind, tmp_path):
    assert damage.run(kind, tmp_path, 8).total() >= 4


@pytest.mark.parametrize("fault", disk.FAULTS)
def test_a_failing_disk_is_told_as_what_it_is(fault, tmp_path, home):
    try:
        disk.FAULTS[fault](tmp_path / "place")
    except disk.NoDisk:
        pytest.skip("no disk can be mounted here")


def test_a_copy_under_load_is_restored_whole(tmp_path):
    with drills.own_home(tmp_path / "home"):
        backup.drill(tmp_path, 1)


@pytest.mark.skipif(not hasattr(os, "geteuid") or not os.geteuid(), reason="root may write everywhere")  # fmt: skip
def test_a_folder_without_rights_is_told_as_one(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(errors.ReadOnly):
        paper_file.save(tmp_path / "report.pdf", b"report")


@pytest.mark.parametrize(
    ("errno", "kind", "word"),
    [
        (28, errors.DiskFull, "is full"),
        (30, errors.ReadOnly, "read-only"),
        (13, errors.ReadOnly, "read-only"),
        (5, errors.DiskFault, "reports an error"),
        (16, errors.FileInUse, "Another program"),
        (36, errors.PathTooLong, "too long"),
        (19, errors.Unplugged, "not there any more"),
    ],
)
def test_each_fault_of_a_disk_has_its_own_words(tmp_path, errno, kind, word):
    told = disks.told(OSError(errno, "as the system says it"), tmp_path)
    said = str(say(told))
    assert type(told) is kind and word in said and "damaged" not in said


def test_a_stick_that_was_pulled_out_is_told_as_one(tmp_path):
    gone = tmp_path / "STICK" / "backups"
    told = disks.told(OSError(5, "Input/output error"), gone)
    assert type(told) is errors.Unplugged


def test_a_path_that_is_too_long_is_really_refused(tmp_path):
    with pytest.raises(errors.PathTooLong):
        paper_file.save(tmp_path / ("x" * 300), b"report")


def test_a_report_that_cannot_be_saved_leaves_the_one_of_before(tmp_path, monkeypatch):
    report = tmp_path / "report.pdf"
    paper_file.save(report, b"of last month")

    def pulled(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(disks.os, "fsync", pulled)
    with pytest.raises(errors.DiskFull):
        paper_file.save(report, b"of this month")
    assert report.read_bytes() == b"of last month"
    assert [file.name for file in tmp_path.iterdir()] == ["report.pdf"]
