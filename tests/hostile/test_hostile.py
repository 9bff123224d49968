"""The short version of `python -m tests.hostile`: some files of every kind, and the proof that it can fail."""

import sys

import pytest

from tests.hostile import corpus, measure

CHANGED = 10  # good files with a change

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="memory is counted otherwise there"
)


def test_hostile_files_end_nothing_and_take_neither_time_nor_memory(tmp_path):
    changed = corpus.changed_files(CHANGED, 14)
    written = [corpus.written(name) for name in corpus.SHORT]
    readings = measure.tried([*written, *changed], tmp_path, [])
    assert len({one.file for one in readings}) == len(corpus.SHORT) + CHANGED
    for one in readings:
        assert one.outcome in ("taken", "refused"), one
        assert one.seconds < 10 and one.megabytes < 500, one


def test_without_walls_the_same_file_ends_the_program(tmp_path):
    far = corpus.written("far-cell.xlsx")
    readings = measure.tried([far], tmp_path, ["--without-walls"])
    assert readings[0].outcome == "ended"


def test_the_corpus_is_large_and_always_the_same():
    names = corpus.names()
    assert len(names) > 200 and set(corpus.SHORT) <= set(names)
    several = [corpus.changed("xlsx", 1, corpus.Random(3)) for _ in range(2)]
    assert several[0] == several[1] and several[0].content != corpus.books.GOOD
