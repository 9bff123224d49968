"""A plugin of pytest for `tests.mutants`: notes which functions each test enters, later runs the tests of one function.

It is told by the environment: ENTERED_NOTES is the file of the notes, ENTERED_IN the folder whose functions count, and
ENTERED_FUNCTION the function whose tests run (`FILE:LINE`); without it, notes are taken.
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
FUNCTION = os.environ.get("ENTERED_FUNCTION", "")

_COLLECTING = ""
_running = _COLLECTING
_entered = defaultdict(set)
_seconds = {}


def _note(frame, _event, _argument):
    code = frame.f_code
    if code.co_filename.startswith(FOLDER):
        _entered[f"{code.co_filename}:{code.co_firstlineno}"].add(_running)


def pytest_configure():
    if not FUNCTION:
        threading.settrace(_note)
        sys.settrace(_note)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    global _running
    if FUNCTION:
        return (yield)
    _running, began = item.nodeid, time.monotonic()
    sys.settrace(_note)
    try:
        return (yield)
    finally:
        _seconds[item.nodeid] = time.monotonic() - began


def pytest_collection_modifyitems(items):
    """The tests that enter the function, the quickest first, then those of the house.

    All where it is entered while tests are collected, or where a line stands in no function.
    """
    if not FUNCTION:
        return
    notes = json.loads(NOTES.read_text("utf-8"))
    seconds, enter = notes["seconds"], notes["entered"].get(FUNCTION, [])
    if _COLLECTING in enter or FUNCTION.endswith(":0"):
        enter = list(seconds)
    house = [item for item in items if item.nodeid.startswith("tests/house/")]
    chosen = [item for item in items if item.nodeid in enter and item not in house]
    chosen.sort(key=lambda item: seconds[item.nodeid])
    items[:] = chosen + house


def pytest_sessionfinish():
    if not FUNCTION:
        entered = {function: sorted(tests) for function, tests in _entered.items()}
        notes = {"entered": entered, "seconds": _seconds}
        NOTES.write_text(json.dumps(notes), "utf-8")
