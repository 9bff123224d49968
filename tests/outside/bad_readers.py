"""Readers that do what a hostile file may make a reader do. They run in the child."""

import ctypes
import os
import sys
import time
from pathlib import Path


def sleeps(path, progress):
    yield "begun"
    time.sleep(600)


def spins(path, progress):
    while True:
        progress(1, 2)
        time.sleep(0.05)


def eats(path, progress):
    held = []
    while True:
        held.append(bytearray(20_000_000))
        yield len(held)


def crashes(path, progress):
    yield "begun"
    ctypes.string_at(0)


def ends(path, progress):
    os._exit(0)
    yield


def gives_up(path, progress):
    raise KeyError("nobody thought of this")
    yield


def babbles(path, progress):
    print("what a library prints")
    sys.stderr.write("and complains of")
    yield "told"


def speaks_badly(path, progress):
    yield {"$day": "not a day"}


def says_much(path, progress):
    while True:
        yield "a" * 1_000_000


def says_a_line(path, progress):
    yield "a" * 20_000_000


def says_deep(path, progress):
    deep = []
    for _ in range(300):
        deep = [deep]
    yield deep


def writes(path, progress):
    Path(path).with_name("made-by-the-child").write_bytes(b"a" * 5_000_000)
    yield "written"


def tells_its_surroundings(path, progress):
    yield [sorted(os.environ), sys.argv[1:], "cbs_desktop.safe.keys" in sys.modules]
