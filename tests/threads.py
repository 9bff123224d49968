"""Notes every object of Qt that dies, and every garbage collection that runs, outside the window's thread."""

import gc
import threading

from PySide6.QtCore import QObject

VIOLATIONS = []
_watched = set()


def watch():
    """Begin; call it again after more screens were imported."""
    if _note_collection not in gc.callbacks:
        gc.callbacks.append(_note_collection)
    for kind in _kinds(QObject):
        if kind not in _watched and kind.__module__.startswith("ui."):
            _watched.add(kind)
            kind.__del__ = _note_death


def taken():
    """What was noted since the last time."""
    noted = list(VIOLATIONS)
    VIOLATIONS.clear()
    return noted


def _kinds(base):
    for kind in base.__subclasses__():
        yield kind
        yield from _kinds(kind)


def _elsewhere():
    return threading.current_thread() is not threading.main_thread()


def _note_death(thing):
    if _elsewhere():
        VIOLATIONS.append(
            f"{type(thing).__qualname__} died in {threading.current_thread().name}"
        )


def _note_collection(phase, _facts):
    if phase == "start" and _elsewhere():
        VIOLATIONS.append(f"garbage was collected in {threading.current_thread().name}")
