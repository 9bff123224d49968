"""Gives hostile files to the program and looks at it from outside: does it live, how long does it take, how much memory."""

import json
import queue
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[2]
_LOOK = 0.01
_HANG = 60  # seconds at one door after which the program is ended


@dataclass
class Reading:
    """What became of one file at one door."""

    file: str
    door: str
    outcome: str  # taken, refused, partial, mistake, ended (the program did), hung
    said: str = ""
    seconds: float = 0
    megabytes: float = 0  # the most that the program grew by, or that its child had


@dataclass
class Program:
    """The program, started anew whenever it ended."""

    options: list[str]
    readings: list[Reading] = field(default_factory=list)

    def __post_init__(self):
        self._start()

    def _start(self):
        command = [sys.executable, "-X", "utf8", "-m", "tests.hostile.program"]
        self._process = subprocess.Popen(
            [*command, *self.options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            text=True,
            encoding="utf-8",
        )
        self._seen = psutil.Process(self._process.pid)
        self._lines = queue.Queue()
        listener = threading.Thread(target=self._listen, args=(self._process, self._lines), daemon=True)  # fmt: skip
        listener.start()
        if self._next()[0] is None:
            raise RuntimeError("the program did not start")
        self._base = self._seen.memory_info().rss

    @staticmethod
    def _listen(process, lines):
        for line in process.stdout:
            lines.put(json.loads(line))
        lines.put(None)

    def _next(self):
        """What it says next (None: it ended), and the most memory until then."""
        most = 0
        end = time.monotonic() + _HANG
        while True:
            try:
                return self._lines.get(timeout=_LOOK), most
            except queue.Empty:
                most = max(most, self._memory())
            if time.monotonic() > end:
                self._process.kill()
                return {"hung": True}, most

    def _memory(self):
        try:
            grown = self._seen.memory_info().rss - getattr(self, "_base", 0)
            children = [one.memory_info().rss for one in self._seen.children()]
        except psutil.Error:
            return 0
        return max([grown, *children])

    def give(self, path: Path) -> None:
        """Give it a file; what became of it is in `readings`."""
        self._process.stdin.write(f"{path}\n")
        self._process.stdin.flush()
        door, most = "", 0
        while True:
            said, memory = self._next()
            most = max(most, memory)
            if said is None or "hung" in said:
                outcome = "hung" if said else "ended"
                self.readings.append(Reading(path.name, door, outcome, "", _HANG if said else 0, most / 1e6))  # fmt: skip
                self._process.wait()
                self._start()
                return
            if "done" in said:
                return
            if "at" in said:
                door, most = said["at"], 0
            else:
                self.readings.append(Reading(path.name, **said, megabytes=most / 1e6))

    def close(self) -> None:
        """Let it end."""
        self._process.stdin.close()
        self._process.wait()


def tried(files, folder: Path, options: list[str], told=None) -> list[Reading]:
    """Give every file to the program."""
    program = Program(options)
    for number, one in enumerate(files, 1):
        path = folder / one.name
        path.write_bytes(one.content)
        program.give(path)
        path.unlink()
        if told:
            told(number, program.readings)
    program.close()
    return program.readings
