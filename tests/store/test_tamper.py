"""What somebody changed beside the program is named, when the office is opened or by the check: a few of each kind. All of
them are tried by `python -m tests.tamper`."""

import pytest

from cbs_desktop.store import replay
from tests import tamper

TRIED = [
    "changed person",
    "gone mark",
    "gone background",
    "sealed answers exchanged",
    "a mark of somebody else put in",
    "words of the search changed",
    "another actor",
    "the last act taken away",
    "an entry moved to another act",
    "a digest beside other values",
    "an act made anew with the key",
    "a trigger of the journal made weak",
    "a trigger put in",
    "a column put in",
    "an older database and head",
    "the head gone",
    "an older page",
    "other roles",
    "keys of one account given to another",
    "the key file torn",
]


@pytest.fixture(scope="module")
def bench(practice_template, module_home, tmp_path_factory):
    place = tmp_path_factory.mktemp("tamper")
    return tamper.Bench(place, practice_template, "practice")


def test_an_office_that_nobody_touched_is_well(bench):
    assert bench.tried(lambda *_nothing: None) == ""


@pytest.mark.parametrize("name", TRIED)
def test_it_is_named(bench, name):
    assert bench.tried(tamper.ways()[name]) != ""


def test_the_harness_can_fail(bench, monkeypatch):
    monkeypatch.setattr(replay, "differences", lambda *_nothing: iter(()))
    assert bench.tried(tamper.ways()["gone background"]) == ""
