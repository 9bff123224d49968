"""The start-up check: file, schema, triggers, journal chain, and whether an older copy was put in its place."""

import json
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from cbs_desktop.safe import keys
from cbs_desktop.store import engine, journal, migrate


def run(file: Path, key: bytes, writer: Engine, head: Path) -> dict[str, object]:
    """Facts of each part, and `well`."""
    with writer.begin() as link:
        acts, broken = journal.verify(link, key)
        facts: dict[str, object] = {
            "schema": migrate.version(link),
            "acts": acts,
            "broken act": broken,
            "missing triggers": journal.missing(link),
            "older copy": _is_older(link, head),
        }
    facts["file"] = engine.quick_check(file, key)
    facts["well"] = not (
        facts["broken act"]
        or facts["missing triggers"]
        or facts["older copy"]
        or facts["file"]
    )
    return facts


def note_head(head: Path, act: int, chain: bytes) -> None:
    """Keep the end of the journal outside the database: only so is a cut tail, or an older file, found."""
    try:
        keys.save(head, json.dumps({"act": act, "link": chain.hex()}).encode())
    except OSError:  # read-only folder: the check then knows less, the data are safe
        return


def _is_older(link: Any, head: Path) -> bool:
    try:
        noted = json.loads(head.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    if not noted["act"]:
        return False
    there = link.exec_driver_sql(
        "SELECT link FROM act WHERE id = ?", (noted["act"],)
    ).scalar()
    return there is None or there.hex() != noted["link"]
