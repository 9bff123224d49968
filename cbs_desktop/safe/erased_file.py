"""The list of those who were erased, kept beside the database and in this person's data folder (`number_log`): an older
copy that is put back does not know of them.

It has ids and nothing else, and a MAC under the office's key: a list that somebody else wrote erases nobody.
"""

import hmac
import json
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from cbs_desktop.safe import disk

FILE = "office.erased"


def read(folder: Path, key: bytes) -> frozenset[int]:
    """The ids of a list that bears this office's MAC; none where there is no such list."""
    try:
        return checked((folder / FILE).read_text("utf-8"), key)
    except (OSError, ValueError):
        return frozenset()


def checked(text: str, key: bytes) -> frozenset[int]:
    """The ids of a list as `signed` made it; none where it bears another MAC."""
    try:
        kept = json.loads(text)
        ids = frozenset(map(int, kept["ids"]))
        is_ours = hmac.compare_digest(str(kept["mac"]), _mac(ids, key))
    except (ValueError, KeyError, TypeError):
        return frozenset()
    return ids if is_ours else frozenset()


def signed(ids: Iterable[int], key: bytes) -> str:
    """A list with its MAC."""
    listed = frozenset(ids)
    return json.dumps({"ids": sorted(listed), "mac": _mac(listed, key)})


def write(folder: Path, key: bytes, ids: Iterable[int]) -> None:
    """Keep a list. OSError."""
    disk.write_whole(folder / FILE, signed(ids, key).encode())


def _mac(ids: Iterable[int], key: bytes) -> str:
    text = ",".join(map(str, sorted(ids)))
    return hmac.new(key, f"erased\n{text}".encode(), sha256).hexdigest()
