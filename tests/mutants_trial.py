"""A plugin of pytest for `tests.mutants`: tries every mutant with the tests that enter the changed function.

Tests are collected and imported once; each trial is a fork of this process in which the function has the changed code. What
stands in no function (constants, decorators, defaults) is tried in a new process.
"""

import gc
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import defaultdict
from pathlib import Path
from types import CodeType, FunctionType

import pytest

FOLDER = Path(os.environ["MUTANTS_FOLDER"])
ROOM = str(FOLDER / "cbs_desktop" / os.environ["MUTANTS_ROOM"])
HOUSE = "tests/house/"
NOTES = FOLDER / "entered.json"
_COLLECTING = ""
_BROKEN = 99

_running = _COLLECTING
_entered = defaultdict(set)  # by function: the tests that enter it


def _note(frame, _event, _argument):
    code = frame.f_code
    if code.co_filename.startswith(ROOM):
        _entered[f"{code.co_filename}:{code.co_firstlineno}"].add(_running)


def pytest_configure():
    sys.settrace(_note)


def pytest_collection_finish():
    sys.settrace(None)


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session):
    """Note who enters what, then try one mutant after the other; the survivors are written for `tests.mutants`."""
    began = time.monotonic()
    if not _in_a_fork(lambda: _take_notes(session), 1_800):
        session.shouldfail = "the tests fail before anything is changed"
        return True
    longest = 60 + 3 * (time.monotonic() - began)
    trial = Trial(session, json.loads(NOTES.read_text("utf-8")), longest)
    mutants = json.loads((FOLDER / "mutants.json").read_text("utf-8"))
    alive = []
    for number, mutant in enumerate(mutants, 1):
        if trial.survives(mutant):
            alive.append(mutant)
            print("survived:", f"{mutant['file']}:{mutant['line']}", mutant["what"])
        elif number % 10 == 0:
            print(number, "of", len(mutants), "tried")
        sys.stdout.flush()
    (FOLDER / "alive.json").write_text(json.dumps(len(alive)), "utf-8")
    return True


def _take_notes(session):
    """Run all tests; whether they pass."""
    global _running
    seconds = {}
    threading.settrace(_note)
    for position, item in enumerate(session.items):
        _running, began = item.nodeid, time.monotonic()
        sys.settrace(_note)
        _run(session.items, position)
        seconds[item.nodeid] = time.monotonic() - began
    sys.settrace(None)
    entered = {function: sorted(tests) for function, tests in _entered.items()}
    NOTES.write_text(json.dumps({"entered": entered, "seconds": seconds}), "utf-8")
    return not session.testsfailed


def _run(items, position):
    item, after = items[position], [*items, None][position + 1]
    item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)


def _in_a_fork(work, seconds):
    """What the work answers in a fork of this process; False when it takes too long."""
    child = os.fork()
    if not child:
        silent = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silent, 1)
        os.dup2(silent, 2)
        os._exit(_answer(work))
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            answer = os.waitstatus_to_exitcode(status)
            if answer == _BROKEN:
                raise RuntimeError("a trial could not be made")
            return answer == 0
        time.sleep(0.02)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return False


def _answer(work):
    """The exit code of a fork: 0 for yes, 1 for no."""
    try:
        return 0 if work() else 1
    except BaseException:
        return _BROKEN


class Trial:
    """What is needed to try a mutant. `longest` is how many seconds its tests may take."""

    def __init__(self, session, notes, longest):
        self.session = session
        self.entered, self.seconds = notes["entered"], notes["seconds"]
        self.longest = longest

    def survives(self, mutant):
        """Whether no test fails."""
        file = FOLDER / mutant["file"]
        before = file.read_text("utf-8")
        file.write_text(mutant["text"], "utf-8")
        function = f"{file}:{mutant['function']}"
        try:
            if mutant["function"]:
                return _in_a_fork(lambda: self._passes(mutant, function), self.longest)
            return self._passes_anew(mutant)
        finally:
            file.write_text(before, "utf-8")

    def _chosen(self, function):
        """The tests that enter a function, the quickest first, then those of the house."""
        enter = set(self.entered.get(function, ()))
        if _COLLECTING in enter:
            enter = set(self.seconds)
        chosen = [i for i in self.session.items if i.nodeid in enter]
        room = [i for i in chosen if not i.nodeid.startswith(HOUSE)]
        room.sort(key=lambda item: self.seconds[item.nodeid])
        house = [i for i in self.session.items if i.nodeid.startswith(HOUSE)]
        return room + house

    def _passes(self, mutant, function):
        _put_in(mutant, function)
        items = self._chosen(function)
        for position in range(len(items)):
            _run(items, position)
            if self.session.testsfailed:
                return False
        return True

    def _passes_anew(self, mutant):
        """Whether the tests pass in a new process."""
        tests = sorted(self.seconds, key=self.seconds.__getitem__)
        if mutant["what"] == "permission LOOK":  # seen by the doors
            tests.sort(key=lambda test: not test.startswith(HOUSE))
        command = [sys.executable, "-m", "pytest", "-qx", "-p", "no:randomly"]
        plain = ("-p", "no:xdist", "-p", "no:cacheprovider")
        try:
            done = subprocess.run(
                [*command, *plain, *tests], capture_output=True, timeout=self.longest
            )
        except subprocess.TimeoutExpired:
            return False
        return done.returncode == 0


def _put_in(mutant, function):
    """Give the function that is there the changed code."""
    changed = compile(mutant["text"], str(FOLDER / mutant["file"]), "exec")
    for one in gc.get_objects():
        if isinstance(one, FunctionType):
            code = one.__code__
            if f"{code.co_filename}:{code.co_firstlineno}" == function:
                one.__code__ = _named(changed, code.co_qualname)


def _named(code, name):
    """The code of this qualified name within another one."""
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            if inner.co_qualname == name:
                return inner
            if found := _named(inner, name):
                return found
    return None
