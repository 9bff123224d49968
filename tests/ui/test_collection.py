"""Garbage is collected in the window's thread alone, and the watch over it sees what goes wrong."""

import gc
import threading
import weakref

from PySide6.QtCore import QObject

from tests import threads
from ui import collection
from ui.work import Work


class Cycle:
    """Dies only by collection."""

    def __init__(self):
        self.itself = self


def in_lane(work):
    lane = threading.Thread(target=work, name="lane")
    lane.start()
    lane.join()


def test_a_busy_lane_collects_nothing(desk):
    ended = []
    weakref.finalize(Cycle(), ended.append, 1)
    in_lane(lambda: [Cycle() for _ in range(50_000)])
    assert ended == [] and not gc.isenabled()


def test_the_timer_collects_in_the_windows_thread(qtbot):
    owner = QObject()
    where = []
    collection.Collector(owner)
    for _ in range(2_000):
        weakref.finalize(Cycle(), lambda: where.append(threading.current_thread()))
    qtbot.waitUntil(lambda: len(where) == 2_000)
    assert set(where) == {threading.main_thread()}


def test_old_generations_are_collected_in_their_turn():
    gc.collect()
    collected = []
    for _ in range(400):
        _litter = [Cycle() for _ in range(1_000)]
        collected.append(collection.collect_due())
    assert set(collected) == {0, 1, 2}


def test_nothing_is_collected_while_nothing_is_due():
    gc.collect()
    assert collection.collect_due() is None


def test_the_watch_sees_an_object_of_qt_that_dies_in_a_lane():
    threads.watch()
    held = [Work(QObject(), print, then=print, failed=print)]
    in_lane(held.clear)
    assert threads.taken() == ["Work died in lane"]


def test_the_watch_sees_a_collection_in_a_lane():
    in_lane(gc.collect)
    assert "garbage was collected in lane" in threads.taken()
