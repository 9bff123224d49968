"""A plugin of pytest for `tests.mutants`: notes which functions each test enters, later runs those of one function first.

It is told by the environment: ENTERED_NOTES is the file of the notes, ENTERED_IN the folder whose functions count, and
ENTERED_FIRST the function whose tests come first (`FILE:LINE`); without it, notes are taken.
"""

import json
import os
import sys
import threading
import time
from collections import defaultdict
from pathlib import Path

import pytest

NOTES = Path(os.environ["ENTERED_NOTES"])
FOLDER = os.environ["ENTERED_IN"]
FIRST = os.environ.get("ENTERED_FIRST", "")

_running = ""
_entered = defaultdict(set)
_seconds = {}


def _note(frame, _event, _argument):
    code = frame.f_code
    if _running and code.co_filename.startswith(FOLDER):
        _entered[f"{code.co_filename}:{code.co_firstlineno}"].add(_running)


def pytest_configure():
    if not FIRST:
        threading.settrace(_note)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    global _running
    if FIRST:
        return (yield)
    _running, began = item.nodeid, time.monotonic()
    sys.settrace(_note)
    try:
        return (yield)
    finally:
        sys.settrace(None)
        _seconds[item.nodeid], _running = time.monotonic() - began, ""


def pytest_collection_modifyitems(items):
    if not FIRST:
        return
    notes = json.loads(NOTES.read_text("utf-8"))
    enter, seconds = set(notes["entered"].get(FIRST, ())), notes["seconds"]
    items.sort(key=lambda item: (item.nodeid not in enter, seconds.get(item.nodeid, 0)))


def pytest_sessionfinish():
    if not FIRST:
        entered = {function: sorted(tests) for function, tests in _entered.items()}
        notes = {"entered": entered, "seconds": _seconds}
        NOTES.write_text(json.dumps(notes), "utf-8")
