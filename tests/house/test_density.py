"""Code is written for a reader: how much stands on a line, and what is nested in what.

The unit is the node of Python's syntax tree for each line of a function that holds code. Good programs of this kind
have 7 to 8 (docs/decisions.md).
"""

import ast
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = [
    file
    for floor in ("cbs_desktop", "ui", "installer")
    for file in sorted((ROOT / floor).rglob("*.py"))
    if "versions" not in file.parts
]
TREE = 9.0  # nodes per line, over all functions
ROOM = 10.3  # over the functions of one folder
FUNCTION = 16.5  # of a function with at least LEAST lines
LEAST = 6
CHOICES = 12.0  # conditional expressions per 1,000 lines
COMPREHENSIONS = 28.0  # per 1,000 lines
COMPREHENDS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
TABLES = (ast.Dict, ast.Tuple, ast.List, ast.Set)


@cache
def parsed(file):
    return ast.parse(file.read_text("utf-8"))


def code_lines(file, node):
    lines = file.read_text("utf-8").splitlines()[
        node.body[0].lineno - 1 : node.end_lineno
    ]
    return [line for line in lines if line.strip() and not line.strip().startswith("#")]


def functions(node):
    """The outermost functions below a node."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield child
        else:
            yield from functions(child)


def measured(file):
    """(nodes, lines, where) of every function of a file."""
    for function in functions(parsed(file)):
        nodes = sum(1 for statement in function.body for _ in ast.walk(statement))
        where = f"{told(file)}:{function.lineno} {function.name}"
        yield nodes, len(code_lines(file, function)), where


def told(file):
    return file.relative_to(ROOT).as_posix()


def density(files):
    every = [
        (nodes, lines) for file in files for nodes, lines, _where in measured(file)
    ]
    return sum(nodes for nodes, _lines in every) / max(
        1, sum(lines for _nodes, lines in every)
    )


def test_the_tree_reads_easily():
    assert density(FILES) <= TREE


ROOMS = sorted({file.parent for file in FILES})


@pytest.mark.parametrize("room", ROOMS, ids=told)
def test_each_room_reads_easily(room):
    assert density([file for file in FILES if file.parent == room]) <= ROOM


@pytest.mark.parametrize("file", FILES, ids=told)
def test_a_line_says_one_thing(file):
    dense = [
        f"{where}: {nodes / lines:.1f} nodes a line"
        for nodes, lines, where in measured(file)
        if lines >= LEAST and nodes / lines > FUNCTION
    ]
    assert not dense, f"{dense}: give the parts names, one a line"


def per_thousand(kinds):
    lines = sum(
        1
        for file in FILES
        for line in file.read_text("utf-8").splitlines()
        if line.strip()
    )
    found = sum(
        isinstance(node, kinds) for file in FILES for node in ast.walk(parsed(file))
    )
    return 1000 * found / lines


def test_choices_and_comprehensions_stay_few():
    assert per_thousand(ast.IfExp) <= CHOICES
    assert per_thousand(COMPREHENDS) <= COMPREHENSIONS


def nested(file, kinds):
    """Nodes of these kinds that stand inside one of the same kinds."""
    for node in ast.walk(parsed(file)):
        if isinstance(node, kinds):
            for inner in ast.walk(node):
                if inner is not node and isinstance(inner, kinds):
                    yield f"{told(file)}:{inner.lineno}"


def test_no_choice_stands_inside_another():
    found = [where for file in FILES for where in nested(file, ast.IfExp)]
    assert not found, f"{found}: write if and else"


def skipped(file):
    """Lines that the formatter leaves alone, with the statement that they end."""
    lines = file.read_text("utf-8").splitlines()
    ends = {
        node.end_lineno: node
        for node in ast.walk(parsed(file))
        if isinstance(node, ast.stmt)
    }
    for number, line in enumerate(lines, 1):
        if "fmt: skip" in line:
            yield number, ends.get(number)


def is_table(node):
    held = isinstance(node, ast.Assign | ast.AnnAssign | ast.Return)
    return held and isinstance(node.value, TABLES)


@pytest.mark.parametrize("file", FILES, ids=told)
def test_only_tables_are_left_unformatted(file):
    wrong = [number for number, node in skipped(file) if not is_table(node)]
    assert not wrong, (
        f"{told(file)}: lines {wrong}; only a table of data may say fmt: skip"
    )
