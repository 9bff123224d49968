"""The list of those who were erased, kept beside the database: an older copy that is put back does not know of them.

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
        kept = json.loads((folder / FILE).read_text("utf-8"))
        ids = frozenset(map(int, kept["ids"]))
        is_ours = hmac.compare_digest(str(kept["mac"]), _mac(ids, key))
    except (OSError, ValueError, KeyError, TypeError):
        return frozenset()
    return ids if is_ours else frozenset()


def write(folder: Path, key: bytes, ids: Iterable[int]) -> None:
    """Keep a list. OSError."""
    listed = frozenset(ids)
    content = {"ids": sorted(listed), "mac": _mac(listed, key)}
    disk.write_whole(folder / FILE, json.dumps(content).encode())


def _mac(ids: Iterable[int], key: bytes) -> str:
    text = ",".join(map(str, sorted(ids)))
    return hmac.new(key, f"erased\n{text}".encode(), sha256).hexdigest()
