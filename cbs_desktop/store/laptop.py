"""Which laptop this is: a random part for its ids and a short name for its numbers, kept beside the office, never in a copy."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select

from cbs_desktop.safe import keys
from cbs_desktop.store import ids
from cbs_desktop.store.schema import Laptop

FILE = "laptop.json"


def identify(folder: Path, run: Callable[[Any], Any]) -> tuple[int, str]:
    """Id part and name (L1, L2 …) of this laptop; a laptop new to this office is entered in it through `run`."""
    try:
        known = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return int(known["id"]), str(known["name"])
    except (OSError, ValueError, KeyError):
        pass

    def register(tx: Any) -> tuple[int, str]:
        identity = ids.new_laptop()
        name = f"L{tx.value(select(func.count()).select_from(Laptop)) + 1}"
        tx.run(insert(Laptop).values(id=identity, name=name))
        return identity, name

    identity, name = run(register)
    keys.save(folder / FILE, json.dumps({"id": identity, "name": name}).encode())
    return identity, name
