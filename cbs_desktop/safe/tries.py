"""Wrong passwords cost a growing wait per account: 1, 2, 4 … 60 seconds.

The count lies beside the office and in this person's data folder, and is known to the program while it runs: the highest
counts, so that a deleted file or a changed clock gains nothing. A file that cannot be read counts nothing, and no wait is
longer than a minute: nobody is locked out. The password is the wall; the wait is a nuisance to whoever guesses.
"""

import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cbs_desktop.errors import WaitFirst
from cbs_desktop.safe import keys, number_log

FILE = "tries.json"
MOST = 60  # seconds
_LEAST = 2  # tries without a wait
_KEPT_MOST = 500  # accounts in a file


@dataclass(frozen=True, slots=True)
class Tries:
    """How often a wrong password was given since the last right one, and when last, in seconds of the clock."""

    count: int = 0
    last: float = 0.0


_HERE: dict[tuple[str, str], Tries] = {}  # since the program was started


def wait_over(folder: Path, name: str, now: datetime) -> None:
    """WaitFirst while an account has to wait."""
    tries = of(folder, name)
    wait = _wait(tries.count)
    passed = now.timestamp() - tries.last
    if passed < -1:  # the clock was set back: the wait begins anew
        _keep(folder, name, Tries(tries.count, now.timestamp()))
        passed = 0.0
    if passed < wait:
        raise WaitFirst(wait=int(wait - passed) + 1)


def failed(folder: Path, name: str, now: datetime) -> int:
    """One more wrong try; the seconds to wait."""
    count = of(folder, name).count + 1
    _keep(folder, name, Tries(count, now.timestamp()))
    return _wait(count)


def forget(folder: Path, name: str) -> int:
    """The password was right: how many wrong tries there were before."""
    count = of(folder, name).count
    if count:
        _keep(folder, name, Tries())
    return count


def of(folder: Path, name: str) -> Tries:
    """The most that any of the places knows."""
    found = [_of_file(file, name, folder) for file in _files(folder)]
    if here := _HERE.get(_key(folder, name)):
        found.append(here)
    return max(found, key=lambda each: (each.count, each.last))


def _wait(count: int) -> int:
    if count < _LEAST:
        return 0
    return min(2 ** min(count - _LEAST, 6), MOST)


def _key(folder: Path, name: str) -> tuple[str, str]:
    return (str(folder.absolute()), name)


def _files(folder: Path) -> tuple[Path, Path]:
    return (folder / FILE, number_log.data_home() / FILE)


def _word(folder: Path, name: str) -> str:
    """Under which an account stands in a file; the shared one does not tell names."""
    return hashlib.sha256("\n".join(_key(folder, name)).encode()).hexdigest()[:24]


def _read(file: Path) -> dict[str, Tries]:
    """What can be understood of a file."""
    found: dict[str, Tries] = {}
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        for word, pair in list(content.items())[:_KEPT_MOST]:
            with suppress(TypeError, ValueError, OverflowError):
                count, last = pair
                found[word] = Tries(max(0, int(count)), float(last))
    except (OSError, ValueError, AttributeError, RecursionError):
        return {}
    return found


def _of_file(file: Path, name: str, folder: Path) -> Tries:
    return _read(file).get(_word(folder, name), Tries())


def _keep(folder: Path, name: str, tries: Tries) -> None:
    """A folder that is read-only keeps nothing; the other places do."""
    _HERE[_key(folder, name)] = tries
    for file in _files(folder):
        known = _read(file)
        known.pop(_word(folder, name), None)
        if tries.count:
            known[_word(folder, name)] = tries
        pairs = {word: (each.count, each.last) for word, each in known.items()}
        with suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            keys.save(file, json.dumps(pairs).encode())
