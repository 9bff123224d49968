"""docs/files.md is made from the first line of every file: python tests/house/test_docs.py writes it."""

import ast
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIST = ROOT / "docs" / "files.md"


def listed():
    lines = [
        "# Files",
        "",
        "Made from the first line of each file by `python tests/house/test_docs.py`.",
        "",
    ]
    for floor in ("cbs_desktop", "ui", "installer"):
        lines += [f"## {floor}", ""]
        for file in sorted((ROOT / floor).rglob("*.py")):
            words = (
                ast.get_docstring(ast.parse(file.read_text("utf-8"))) or ""
            ).splitlines()
            if words:
                lines.append(
                    f"- `{file.relative_to(ROOT / floor).as_posix()}` {words[0]}"
                )
        lines.append("")
    return "\n".join(lines)


def test_the_list_of_files_is_up_to_date():
    assert LIST.read_text("utf-8") == listed(), "run: python tests/house/test_docs.py"


def test_every_file_that_the_how_to_names_exists():
    text = (ROOT / "docs" / "how-to.md").read_text("utf-8")
    named = [word for word in re.findall(r"`([\w./-]+)`", text) if "/" in word]
    exact = [word for word in named if not re.search("[A-Z]{3}", word)]
    assert len(exact) > 12
    floors = [ROOT, ROOT / "cbs_desktop"]
    missing = [
        word for word in exact if not any((floor / word).exists() for floor in floors)
    ]
    assert not missing


def test_the_readme_names_every_command():
    from cbs_desktop.commands import COMMANDS

    words = (ROOT / "README.md").read_text("utf-8")
    assert [
        command.word for command in COMMANDS if f"`{command.word}" not in words
    ] == []


def test_the_picture_of_home_is_there_and_small():
    assert 10_000 < (ROOT / "docs" / "home.png").stat().st_size < 200_000


if __name__ == "__main__":
    sys.stdout.write(f"{LIST.write_text(listed(), 'utf-8')} letters\n")
