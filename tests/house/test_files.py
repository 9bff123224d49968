"""Files stay small, say what they are for, and hold nothing that belongs to one machine."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CODE = sorted(
    file
    for floor in ("cbs_desktop", "ui", "installer")
    for file in (ROOT / floor).rglob("*.py")
)
FOLDERS = ("cbs_desktop", "ui", "resources", "installer", "tests", "docs", ".ci")
WRITTEN = [
    file for file in CODE if "versions" not in file.parts
]  # a migration is one list of tables, made and then left
TREE = sorted(
    [
        file
        for folder in FOLDERS
        for file in (ROOT / folder).rglob("*")
        if file.is_file()
    ]
    + [file for ending in ("*.md", "*.toml") for file in ROOT.glob(ending)]
)
MADE = ("__pycache__", ".mo")  # made by Python or from the wording, never kept
PICTURES = (".png",)  # only under docs/: the rest is drawn by the program
REGISTRY = re.compile(
    r"//[a-z.]*(pypi|pythonhosted|npmjs|debian)[a-z.]*\.(org|com)", re.IGNORECASE
)

FILE_LINES = 450
FUNCTION_LINES = 60
NO_ROOM = {"utils", "helpers", "manager"}


def told(file):
    return file.relative_to(ROOT).as_posix()


def kept():
    return [file for file in TREE if not any(each in told(file) for each in MADE)]


def functions(file):
    tree = ast.parse(file.read_text("utf-8"))
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


@pytest.mark.parametrize("file", CODE, ids=told)
def test_file_starts_with_what_it_is_for(file):
    words = ast.get_docstring(ast.parse(file.read_text("utf-8")))
    assert words, (
        f"{told(file)}: begin with one line in triple quotes that says what this file is for"
    )


@pytest.mark.parametrize("file", WRITTEN, ids=told)
def test_file_fits_in_one_head(file):
    lines = len(file.read_text("utf-8").splitlines())
    assert lines <= FILE_LINES, (
        f"{told(file)}: {lines} lines, allowed {FILE_LINES}; move a verb into its own file"
    )


@pytest.mark.parametrize("file", WRITTEN, ids=told)
def test_functions_fit_on_a_screen(file):
    sizes = {
        node.name: (node.end_lineno or node.lineno) - node.lineno + 1
        for node in functions(file)
    }
    long = {name: size for name, size in sizes.items() if size > FUNCTION_LINES}
    assert not long, (
        f"{told(file)}: over {FUNCTION_LINES} lines {long}; give each step a name of its own"
    )


def test_no_file_is_named_after_nothing():
    nameless = [told(file) for file in CODE if NO_ROOM & {file.stem, file.parent.name}]
    assert not nameless, (
        f"{nameless}: name the file after its verb or noun; everything is somebody's helper"
    )


def test_tree_names_no_registry():
    found = [
        told(file)
        for file in kept()
        if REGISTRY.search(file.read_text("utf-8", errors="replace"))
    ]
    assert not found, (
        f"{found}: take the registry's address out; pip knows where to look"
    )


def test_tree_holds_no_binary_file():
    binary = [told(file) for file in kept() if b"\0" in file.read_bytes()]
    strange = [
        name
        for name in binary
        if not (name.startswith("docs/") and name.endswith(PICTURES))
    ]
    assert not strange, (
        f"{strange}: make it with a command, or take it from a dependency; pictures stand in docs/"
    )
