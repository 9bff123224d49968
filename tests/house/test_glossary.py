"""The glossary names what is there, and the code uses no word that the glossary replaced."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text("utf-8")
FILES = [
    *sorted((ROOT / "cbs_desktop").rglob("*.py")),
    *sorted((ROOT / "ui").rglob("*.py")),
]
GONE = {
    "Guide",
    "Leader",
    "Led",
    "Wishes",
    "Problem",
    "Seats",
}  # facilitator, preferences, instance


def classes():
    """Every class by its name, with the files that define it."""
    found = {}
    for file in FILES:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                found.setdefault(node.name, []).append(
                    file.relative_to(ROOT).as_posix()
                )
    return found


def test_every_class_of_the_glossary_is_there():
    named = set(re.findall(r"`([A-Z]\w+)`", GLOSSARY))
    assert len(named) > 25 and named - classes().keys() == set()


def test_no_class_has_a_name_that_the_glossary_replaced():
    assert GONE & classes().keys() == set()


def test_no_class_name_stands_twice():
    twice = {name: files for name, files in classes().items() if len(files) > 1}
    assert twice == {}, "a search for a class should find one"
