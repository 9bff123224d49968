"""How well printed pages are read: python -m tests.scans.figures --pages 500 [--seed N]

Pages come from the corpus beside this file. The thresholds of the reader were fixed on pages of odd seeds; figures to be told
come from even ones, which nobody looked at meanwhile: 18 where none is named (2 to 12 were, and rules came of them; 14 and 16
are told in docs/decisions.md).

A box is wrong when its row is decided without a doubt and says otherwise than the pen did. Rows in doubt go to a person and count
as doubtful with all their boxes; a row that nobody could understand (two boxes marked alike) is right only as a doubt.
"""

import argparse
import sys
import time
from collections import Counter
from dataclasses import dataclass, field

import numpy as np

from cbs_desktop.scans import reader
from cbs_desktop.scans.deciding import ReadBox, decide
from cbs_desktop.scans.opening import picture_of
from tests.scans.corpus.pages import UNCLEAR, made


@dataclass
class Tally:
    pages: int = 0
    refused: int = 0
    boxes: int = 0
    wrong: int = 0
    doubtful: int = 0
    needless: int = 0  # doubtful boxes of rows that the pen made clear
    guessed: int = 0  # of those, boxes that the reader's guess has wrong
    seconds: list[float] = field(default_factory=list)

    def line(self, name):
        decided = max(1, self.boxes - self.doubtful)
        right = 100 * (decided - self.wrong) / decided
        doubt = 100 * self.doubtful / max(1, self.boxes)
        needless = 100 * self.needless / max(1, self.boxes)
        guess = 100 * (self.boxes - self.wrong - self.guessed) / max(1, self.boxes)
        return (
            f"{name:20} {self.pages:5} {self.refused:7} {self.boxes:7} {right:8.3f} {self.wrong:6} {doubt:9.2f} {needless:9.2f}"
            f" {guess:8.3f}"
        )


HEAD = (
    f"{'':20} {'pages':>5} {'refused':>7} {'boxes':>7} {'right %':>8}"
    f" {'wrong':>6} {'doubt %':>9} {'needless':>9} {'guess %':>8}"
)


def read(page):
    """What the reader says of a page, in this process: (problem, decisions, seconds)."""
    start = time.perf_counter()
    told = reader.page(picture_of(page.content), None)
    took = time.perf_counter() - start
    boxes = [ReadBox(*one) for one in told["boxes"]]
    return told["problem"], decide(boxes), took, told


def count(page, problem, decisions, tallies, report=None):
    """Add a page to all tallies it belongs to."""
    choices = page.code.shape.choices
    for tally in tallies:
        tally.pages += 1
        tally.refused += not decisions
    for cell, decision in decisions.items():
        truth = page.truth[cell]
        wrong = 0
        guessed = 0
        if truth == UNCLEAR:
            wrong = 0 if decision.doubt else 1
        elif decision.choice != truth:
            missed = 2 if None not in (decision.choice, truth) else 1
            wrong, guessed = (0, missed) if decision.doubt else (missed, 0)
        if wrong and report:
            report(cell, truth, decision)
        for tally in tallies:
            tally.boxes += choices
            tally.wrong += wrong
            tally.guessed += guessed
            tally.doubtful += choices if decision.doubt else 0
            tally.needless += choices if decision.doubt and truth != UNCLEAR else 0


def main():
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--pages", type=int, default=500)
    asked.add_argument("--seed", type=int, default=18)
    asked.add_argument("--wrong", action="store_true", help="print each wrong row")
    told = asked.parse_args()
    every = Tally()
    tallies = {}
    problems = Counter()
    seconds = []
    start = time.perf_counter()
    for number in range(told.pages):
        page = made(told.seed, number)
        problem, decisions, took, _all = read(page)
        seconds.append(took)
        if problem:
            problems[problem] += 1

        def report(cell, truth, decision, page=page, number=number):
            if told.wrong:
                print(
                    f"{number} {page.way} {page.hand.style} {page.hand.ink} {cell}: {truth} read {decision.choice}"
                )

        names = (
            f"kind {page.kind}",
            f"way {page.way}",
            f"hand {page.hand.style}",
            f"ink {page.hand.ink}",
        )
        mine = [tallies.setdefault(name, Tally()) for name in names]
        count(page, problem, decisions, [every, *mine], report)
    print(HEAD)
    print(every.line("all"))
    for name in sorted(tallies):
        print(tallies[name].line(name))
    print(f"refused: {dict(problems)}")
    print(
        f"reading: median {np.median(seconds):.2f} s, longest {max(seconds):.2f} s; all {time.perf_counter() - start:.0f} s"
    )
    return int(every.wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
