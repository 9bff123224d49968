"""A few rounds of `python -m tests.crash`, each with a second process that is killed."""

import sys

import pytest

from tests import crash


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is of POSIX")
def test_a_change_of_the_key_that_is_cut_off_loses_nothing(home, monkeypatch, capsys):
    monkeypatch.setenv("XDG_DATA_HOME", str(home))
    assert crash.rekey(4, seed=3) == 0, capsys.readouterr().out
