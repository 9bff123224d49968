"""Hostile files of all kinds at every door: python -m tests.hostile [--count 500] [--limit-s 10] [--limit-mb 500]"""

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.hostile import corpus, measure


def asked():
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile", description=__doc__)  # fmt: skip
    parser.add_argument("--count", type=int, default=500, help="files in all")
    parser.add_argument("--limit-s", type=float, default=10)
    parser.add_argument("--limit-mb", type=float, default=500)
    parser.add_argument("--seed", type=int, default=14)
    parser.add_argument("--only", default="", help="files whose name has this")
    parser.add_argument(
        "--without-walls", action="store_true", help="without gates and child: the proof that this can fail"
    )  # fmt: skip
    parser.add_argument("--all", action="store_true", help="a line for every reading")
    return parser.parse_args()


def main():
    """Run; 1 when something is above the limits."""
    given = asked()
    every = (one for one in corpus.files(given.count, given.seed, given.only) if given.only in one.name)  # fmt: skip
    options = ["--without-walls"] if given.without_walls else []

    def told(number, readings):
        if number % 25 == 0:
            print(f"  {number} files, {len(readings)} readings", flush=True)
        if given.all:
            for one in readings:
                if one.file == readings[-1].file:
                    print(
                        f"{one.file} {one.door}: {one.outcome} {one.seconds:.2f} s {one.megabytes:.0f} MB {one.said}",
                        flush=True,
                    )

    with tempfile.TemporaryDirectory() as folder:
        readings = measure.tried(every, Path(folder), options, told)
    return told_of(readings, given)


def told_of(readings, given):
    """Print the figures; the exit code."""
    wrong = {
        "ends of the program": [r for r in readings if r.outcome == "ended"],
        f"above {given.limit_s:g} s": [r for r in readings if r.seconds > given.limit_s],
        f"above {given.limit_mb:g} MB": [r for r in readings if r.megabytes > given.limit_mb],
        "partial imports": [r for r in readings if r.outcome == "partial"],
        "not said in words": [r for r in readings if r.outcome == "mistake"],
    }  # fmt: skip
    files = len({one.file for one in readings})
    outcomes = Counter(one.outcome for one in readings)
    print(f"{files} hostile files, {len(readings)} readings: {dict(outcomes)}")
    slowest = max(readings, key=lambda one: one.seconds)
    largest = max(readings, key=lambda one: one.megabytes)
    print(f"slowest {slowest.seconds:.1f} s ({slowest.file} at {slowest.door}), largest {largest.megabytes:.0f} MB ({largest.file} at {largest.door})")  # fmt: skip
    for what, found in wrong.items():
        print(f"{what}: {len(found)}")
        for one in found[:20]:
            print(f"    {one.file} at {one.door}: {one.seconds:.1f} s, {one.megabytes:.0f} MB {one.said}")  # fmt: skip
    return int(any(wrong.values()))


if __name__ == "__main__":
    sys.exit(main())
