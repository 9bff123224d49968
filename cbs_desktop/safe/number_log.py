"""How far each series of certificate numbers went, where the journal ended and who was erased, kept outside the database:
an older copy of it cannot know.

Two files: `office.numbers` beside the office (never in a backup), and `numbers.json` in this person's data folder, which
also tells whether this place has worked on the office before. A place that has not (a copy on another computer, a backup
put back, another person's session) gets a run of its own: four letters in its numbers that nobody else has.
"""

import hashlib
import json
import os
import secrets
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from cbs_desktop.errors import OfficeProblem
from cbs_desktop.safe import disk, keys

BESIDE = "office.numbers"
MINE = "numbers.json"
_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ"


def data_home() -> Path:
    """The platform's place for a person's data of this program."""
    if os.name == "nt":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "CBS Desktop"


class NumberLog:
    """The marks of one office on one laptop, at the place where it is open now."""

    def __init__(self, folder: Path, signing_public: str, laptop: str) -> None:
        self._beside = folder / BESIDE
        self._is_founded = bool(signing_public)
        self._mine = data_home() / MINE
        self._office = hashlib.sha256(signing_public.encode()).hexdigest()[:16]
        self._key = f"{self._office} {laptop}"

    def claim(self) -> None:
        """The office was founded here, just now: only here its numbers go without letters of their own."""
        with suppress(OfficeProblem):  # issuing tries again, and says so
            self._place("")

    def run(self) -> str:
        """The letters of this place's numbers; empty where the office was founded. New ones where nothing is known."""
        return self._place(_fresh())["run"]

    def last(self, series: str) -> int:
        """The highest number ever given in a series, as far as it is known outside the database; 0 for none."""
        return max(
            _read(self._beside).get(series, 0),
            self._known().get("last", {}).get(series, 0),
        )

    def series(self) -> set[str]:
        """Every series known outside the database."""
        return set(_read(self._beside)) | set(self._known().get("last", {}))

    def note(self, series: str, last: int) -> None:
        """Note how far a series goes, before the numbers are used. ReadOnly or DiskFull: then none may be used."""
        place = self._place(_fresh())
        _raise_to(place["last"], series, last)
        _write(self._mine, {**_read(self._mine), self._key: place})
        beside = _read(self._beside)
        _raise_to(beside, series, last)
        _write(self._beside, beside)

    def end(self) -> dict[str, Any] | None:
        """Where the journal ended when this place last had the office open; None where it never had."""
        return self._known().get("end")

    def keep_end(self, end: dict[str, object]) -> None:
        """Keep where the journal ends, once the office is known by its signing key. ReadOnly or DiskFull."""
        if not self._is_founded:
            return
        known = self._known()
        _write(self._mine, {**_read(self._mine), self._key: {**known, "end": end}})

    def erased(self) -> str:
        """The list of those who were erased, as `erased_file.signed` made it; empty where this person knows of none. It is
        of the office, whatever the laptop is called there: an office that is put back is given another name."""
        return _read(self._mine).get(self._office, {}).get("erased", "")

    def keep_erased(self, listed: str) -> None:
        """Keep that list. ReadOnly or DiskFull."""
        if self._is_founded:
            content = {**_read(self._mine), self._office: {"erased": listed}}
            _write(self._mine, content)

    def _known(self) -> dict[str, Any]:
        return _read(self._mine).get(self._key, {})

    def _place(self, run: str) -> dict[str, Any]:
        known = self._known()
        if "run" not in known:
            known = {**known, "run": run, "last": {}}
            _write(self._mine, {**_read(self._mine), self._key: known})
        return known


def _raise_to(numbers: dict[str, int], series: str, last: int) -> None:
    """A series never goes back."""
    numbers[series] = max(last, numbers.get(series, 0))


def _fresh() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(4))


def _read(file: Path) -> dict[str, Any]:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def _write(file: Path, content: dict[str, Any]) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        keys.save(file, json.dumps(content, sort_keys=True).encode())
    except OSError as problem:
        raise disk.told(problem, file.parent) from problem
