"""One round of `python -m tests.leak`: nothing of a name beside the encrypted file and what was asked for."""

import sys

import pytest

from tests import leak


@pytest.mark.skipif(sys.platform == "win32", reason="the places are of POSIX")
def test_a_name_is_in_no_file_that_was_not_asked_for(capsys):
    assert leak.canary(1, seed=5) == 0, capsys.readouterr().out


@pytest.mark.skipif(sys.platform == "win32", reason="the places are of POSIX")
def test_a_name_that_was_left_is_found(capsys):
    """The test of the test."""
    assert leak.canary(1, seed=5, prove=True) > 0
    assert "tmp/left.txt" in capsys.readouterr().out
