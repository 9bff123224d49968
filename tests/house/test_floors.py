"""Each floor of the house notices a wrong import: one is put into a copy of the tree for every contract."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"

# contract, files of which the first that exists gets the line, the line, and the file it names
WRONG_IMPORTS = [
    ("1", ["ui/theme.py"], "import sqlalchemy", None),
    (
        "2",
        ["ui/destinations.py"],
        "import cbs_desktop.participants.tables",
        "cbs_desktop/participants/tables.py",
    ),
    ("3", ["cbs_desktop/errors.py"], "import PySide6", None),
    ("4", ["cbs_desktop/screening/rules.py"], "import random", None),
    (
        "5",
        ["cbs_desktop/places/queries.py", "cbs_desktop/programmes/queries.py"],
        "import cbs_desktop.reports",
        None,
    ),
    (
        "6",
        ["cbs_desktop/groups/queries.py"],
        "import cbs_desktop.groups.actions",
        "cbs_desktop/groups/actions.py",
    ),
    (
        "7",
        ["ui/groups/__init__.py"],
        "import ui.attendance",
        "ui/attendance/__init__.py",
    ),
    ("8", ["ui/destinations.py"], "import ui.app", "ui/app.py"),
]


@pytest.fixture
def copy(tmp_path):
    for name in ("cbs_desktop", "ui"):
        shutil.copytree(
            ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__")
        )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def broken_in(tree):
    """The numbers of the contracts that import-linter reports as broken, and all it said."""
    command = [sys.executable, "-c", LINT, "--no-cache", "--no-logo"]
    done = subprocess.run(
        command, cwd=tree, capture_output=True, text=True, encoding="utf-8"
    )
    verdicts = dict(re.findall(r"^(\d) .* (KEPT|BROKEN)\b", done.stdout, re.MULTILINE))
    assert len(verdicts) == len(WRONG_IMPORTS), (
        f"not every contract was judged:\n{done.stdout}{done.stderr}"
    )
    return [
        number for number, verdict in verdicts.items() if verdict == "BROKEN"
    ], done.stdout


@pytest.mark.parametrize(("contract", "candidates", "line", "named"), WRONG_IMPORTS)
def test_wrong_import_breaks_its_contract_and_no_other(
    copy, contract, candidates, line, named
):
    file = next((copy / each for each in candidates if (copy / each).is_file()), None)
    if file is None or (named and not (copy / named).is_file()):
        pytest.skip(f"not built yet: {named or candidates[0]}")
    file.write_text(f"{file.read_text('utf-8')}\n{line}\n", "utf-8")
    broken, said = broken_in(copy)
    assert broken == [contract], (
        f"`{line}` in {file.relative_to(copy)} must break contract {contract} alone:\n{said}"
    )
