"""What the type checker cannot see: values are made by name, and `Any` stays rare."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted([*ROOT.glob("cbs_desktop/**/*.py"), *ROOT.glob("ui/**/*.py")])


def _positional(source: str) -> list[str]:
    """Classes of a source that are made of a row's columns by their position."""
    found = []
    for call in ast.walk(ast.parse(source)):
        if not isinstance(call, ast.Call):
            continue
        name = ast.unparse(call.func).split(".")[-1]
        if not name.lstrip("_")[:1].isupper():
            continue
        for argument in call.args:
            if isinstance(argument, ast.Starred) and _is_row(argument.value):
                found.append(f"{call.lineno} {name}")
    return found


def _is_row(value: ast.expr) -> bool:
    return ast.unparse(value).split("[")[0].split(".")[-1] in ("row", "line", "rest")


def test_values_are_made_of_rows_by_name():
    wrong = []
    for path in SOURCES:
        for place in _positional(path.read_text("utf-8")):
            wrong.append(f"{path.relative_to(ROOT)}:{place}")
    assert wrong == [], "use store.values.value_of, or name each field"


def test_a_value_made_by_position_would_be_seen():
    assert _positional("[Pair(*row) for row in rows]") == ["1 Pair"]
    assert _positional("t.Pair(*row[:3], None)") == ["1 Pair"]
    assert _positional("Pair(number=row.number)") == []


ANY_MOST = 182  # lines; each of them is a value of which nothing is known
_ANY = re.compile(r"\bAny\b")


def _lines_with_any(source: str) -> list[str]:
    return [line for line in source.splitlines() if _ANY.search(line)]


def test_values_of_no_known_type_stay_rare():
    count = 0
    for path in SOURCES:
        count += len(_lines_with_any(path.read_text("utf-8")))
    assert count <= ANY_MOST, (
        f"{count} lines say Any, allowed {ANY_MOST}: name the type"
    )


def test_a_line_that_says_any_is_counted():
    assert len(_lines_with_any("x: Any\nanybody = Anyone()")) == 1
