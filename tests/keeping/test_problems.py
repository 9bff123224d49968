"""Every finding and every record has its words."""

import re
from pathlib import Path

from cbs_desktop import rooms
from cbs_desktop.keeping import problems
from cbs_desktop.store import schema

ROOT = Path(__file__).resolve().parents[2]


def test_every_kind_of_finding_has_words():
    text = "".join(
        file.read_text("utf-8") for file in (ROOT / "cbs_desktop/store").glob("*.py")
    )
    named = set(re.findall(r'Finding\(\s*"([a-z ]+)"', text))
    assert len(named) > 8 and named <= problems.FINDINGS.keys()


def test_every_record_has_a_word():
    rooms.open_all()
    assert {table.name for table in schema.tables()} == problems.RECORDS.keys()
