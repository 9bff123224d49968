"""A few rounds of `python -m tests.crash`, each with a second process that is killed."""

import shutil
import sys

import pytest

from tests.crash import kill9, powercut, rekey, upgrade


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is of POSIX")
def test_a_change_of_the_key_that_is_cut_off_loses_nothing(home, monkeypatch, capsys):
    monkeypatch.setenv("XDG_DATA_HOME", str(home))
    assert rekey.rekey(4, seed=3) == 0, capsys.readouterr().out


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is of POSIX")
def test_what_a_killed_process_said_was_done_is_there(capsys):
    assert kill9.kill9(3, seed=5) == 0, capsys.readouterr().out
    assert "3 kills, 0 actions" not in capsys.readouterr().out


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is of POSIX")
def test_an_upgrade_that_is_cut_off_loses_nothing(capsys):
    assert upgrade.upgrade(4, seed=5) == 0, capsys.readouterr().out


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")
def test_a_power_cut_takes_nothing_that_was_said_to_be_done(capsys):
    assert powercut.powercut(12, 60, seed=5) == 0, capsys.readouterr().out


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")
def test_the_power_cut_takes_what_was_not_waited_for():
    """The test of the test."""
    assert powercut.powercut(12, 60, seed=5, unsafe=True) > 0
