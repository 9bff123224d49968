"""Long work beside the window: progress, cancel, language, and windows that close before it ends."""

import threading
import weakref

from PySide6.QtCore import QObject, QTimer
from shiboken6 import delete

from cbs_desktop import words
from cbs_desktop.errors import Cancelled
from ui.messages import Bar
from ui.work import Pieces, Work


def count(most, progress):
    for n in range(most):
        progress(n + 1, most)
    return threading.current_thread() is threading.main_thread()


def test_it_runs_beside_the_window_and_answers_in_it(qtbot):
    owner = QObject()
    seen = []
    work = Work(owner, count, 50, then=seen.append, failed=seen.append)
    with qtbot.waitSignal(work.progressed) as told:
        work.start()
    qtbot.waitUntil(Work.idle)
    assert seen == [False] and told.args[1] == 50


def test_cancel_stops_it_at_its_next_step(qtbot):
    begun = threading.Event()
    go = threading.Event()
    seen = []

    def slow(progress):
        begun.set()
        go.wait(5)
        progress(1, 2)
        return "went on"

    owner = QObject()
    work = Work(owner, slow, then=seen.append, failed=seen.append)
    work.start()
    assert begun.wait(5)
    work.cancel()
    go.set()
    qtbot.waitUntil(Work.idle)
    assert [type(one) for one in seen] == [Cancelled]


def test_who_is_gone_gets_no_answer(qtbot):
    go = threading.Event()
    seen = []
    owner = QObject()
    Work(
        owner, go.wait, 5, then=seen.append, failed=seen.append, takes_progress=False
    ).start()
    delete(owner)
    go.set()
    qtbot.waitUntil(Work.idle)
    assert seen == []


def test_it_speaks_the_language_of_the_window(qtbot):
    seen = []
    owner = QObject()
    with words.in_language("fr"):
        Work(
            owner,
            words._language.get,
            then=seen.append,
            failed=seen.append,
            takes_progress=False,
        ).start()
    qtbot.waitUntil(Work.idle)
    assert seen == ["fr"]


def test_the_bar_shows_how_far_it_is_and_cancels(qtbot, dressed):
    go = threading.Event()
    seen = []
    bar = Bar()
    owner = QObject()
    qtbot.addWidget(bar)

    def slow(progress):
        progress(30, 30)
        go.wait(5)
        progress(30, 30)

    work = Work(owner, slow, then=seen.append, failed=bar.show_problem)
    bar.show_work(work, "Reading the sheets")
    work.start()
    qtbot.waitUntil(lambda: bar._more.text() == "30 of 30")
    assert bar.isVisible() and bar._cancel.isVisible()
    bar._cancel.click()
    go.set()
    qtbot.waitUntil(Work.idle)
    assert (
        bar._what.text() == "Stopped. Nothing was changed."
        and not bar._cancel.isVisible()
    )


def test_what_it_held_ends_in_the_thread_of_the_window(qtbot):
    """A widget that ends in another thread takes the program with it."""

    class Held:
        pass

    ended = []
    owner = QObject()
    for _ in range(120):
        held = Held()
        weakref.finalize(
            held,
            lambda: ended.append(threading.current_thread() is threading.main_thread()),
        )
        Work(
            owner,
            lambda: 1,
            then=lambda _value, held=held: None,
            failed=ended.append,
            takes_progress=False,
        ).start()
        del held
        qtbot.waitUntil(Work.idle)
    qtbot.waitUntil(lambda: len(ended) == 120)
    assert all(ended)


def test_pieces_are_built_one_after_the_other_with_events_in_between(qtbot):
    order = []

    def pieces():
        for number in (1, 2):
            order.append(number)
            QTimer.singleShot(0, lambda: order.append("event"))
            yield
        order.append("end")

    owner = QObject()
    Pieces(owner, pieces())
    assert order == [] and not Work.idle()
    qtbot.waitUntil(Work.idle)
    assert order == [1, "event", 2, "event", "end"]


def test_pieces_end_with_their_owner_or_when_stopped(qtbot):
    def endless():
        while True:
            yield

    owner = QObject()
    Pieces(owner, endless())
    other = QObject()
    Pieces(other, endless()).stop()
    assert not Work.idle()
    delete(owner)
    assert Work.idle()
