"""Killed (kill -9) while it writes, opened again: all that was said to be done is there, nothing is half there."""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from cbs_desktop import devtools
from tests.drills import PASSWORD, new_office, opened_now, own_home

ROOT = Path(__file__).resolve().parents[2]
_LONGEST = 1.5  # seconds that a writer writes
_ROUNDS_AN_OFFICE = 50  # then a new one, so that looking at everything stays short
_CHECK_EVERY = 10


@dataclass
class Said:
    """What writers said was done: person → the name that was given last, and how many actions."""

    names: dict[int, str] = field(default_factory=dict)
    acts: int = 0

    def take(self, lines: str) -> None:
        """Whole lines only: one that was cut off in the middle was not said."""
        for line in lines.split("\n")[:-1]:
            _act, person, name = line.split()
            self.names[int(person)] = name
            self.acts += 1


def killed(folder: Path, seed: int, after: float) -> str:
    """Let a writer work for so many seconds, and end it; what it said."""
    command = [sys.executable, "-m", "cbs_desktop.devtools", "writer"]
    command += ["--office", str(folder), "--seed", str(seed)]
    environment = {**os.environ, devtools.PASSWORD: PASSWORD}
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    first = process.stdout.readline()
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    rest, _errors = process.communicate()
    if process.returncode != -signal.SIGKILL:
        raise RuntimeError(f"the writer ended by itself: {process.returncode}")
    return first + rest


def wrong(folder: Path, said: Said, thorough: bool) -> Iterator[str]:
    """What is not as it was said."""
    office = opened_now(folder)
    try:
        with office._reader.connect() as link:
            rows = link.exec_driver_sql("SELECT id, own_name FROM person").all()
            lone = link.exec_driver_sql(
                "SELECT count(*) FROM person p WHERE NOT EXISTS"
                " (SELECT 1 FROM consent c WHERE c.person_id = p.id)"
            ).scalar_one()
        there = {key: name for key, name in rows}
        for person, name in said.names.items():
            if person not in there:
                yield f"person {person} was said to be there"
            elif there[person] != name and not _is_later(there[person], name):
                yield f"person {person} is {there[person]}, said to be {name}"
        if lone:
            yield f"{lone} people without the consent of the same action"
        if thorough:
            for finding in office.check().findings:
                yield f"{finding.kind} {finding.facts}"
    finally:
        office.close()


def _is_later(name: str, said: str) -> bool:
    """Whether a name was given by a later action of the same writer: done, and not said any more."""
    ours, _x, number = name.partition("A")
    theirs, _x, before = said.partition("A")
    return ours == theirs and (len(number), number) > (len(before), before)


def kill9(rounds: int, seed: int | None = None) -> int:
    """So many kills; how many things were wrong."""
    chance = random.Random(seed)
    bad, acts = 0, 0
    said = Said()
    with tempfile.TemporaryDirectory() as made_in, own_home(Path(made_in) / "home"):
        folder = Path(made_in) / "office"
        for number in range(rounds):
            if number % _ROUNDS_AN_OFFICE == 0:
                shutil.rmtree(folder, ignore_errors=True)
                new_office(folder)
                said = Said()
            before = said.acts
            said.take(killed(folder, number, chance.uniform(0, _LONGEST)))
            acts += said.acts - before
            last = number == rounds - 1 or (number + 1) % _ROUNDS_AN_OFFICE == 0
            for line in wrong(folder, said, last or number % _CHECK_EVERY == 0):
                print(f"round {number}: {line}", flush=True)
                bad += 1
    print(f"{rounds} kills, {acts} actions said to be done, {bad} things wrong")
    return bad
