"""Mutants of a room: python -m tests.mutants ROOM [--most 40] [--seed 1]

One small change at a time is made in a copy of the room's rules, actions and queries; the room's tests and the doors
must notice it, of the room's those that enter the changed function (tests/mutants_trial.py). Prints each survivor, and fails when
more than one in ten survives.
"""

import argparse
import ast
import copy
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NEEDED = (
    "cbs_desktop",
    "ui",
    "resources",
    "installer",
    "tests",
    "docs",
    "pyproject.toml",
    "README.md",
)
LEFT_OUT = ("__init__.py", "tables.py", "documents.py", "problems.py", "papers.py")
SHARE = 0.1  # of the mutants may survive
OPTIONS = (
    *("-q", "-s", "-p", "no:xdist", "-p", "no:cacheprovider"),
    *("-p", "no:randomly", "-p", "tests.mutants_trial"),
)
ALSO = {  # other tests that look at what a room does
    "duplicates": ("tests/participants/test_named_places.py",),
    "screening": ("tests/reports/test_outcomes.py",),
}

COMPARED = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
COUNTED = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add}
SHOWN = {"strict", "repr", "compare"}  # arguments that change nothing that is done
DROPPED = {"say", "need", "where", "order_by"}  # calls without which code still runs


@dataclass(frozen=True)
class Mutant:
    """A changed file: which one, where, in the function that begins at which line, what was changed, and its text."""

    file: str
    line: int
    function: int
    what: str
    text: str


def files(room):
    """What is mutated of a room."""
    found = sorted((ROOT / "cbs_desktop" / room).rglob("*.py"))
    return [file for file in found if file.name not in LEFT_OUT]


def changes(node):
    """The ways in which one node can be changed in place: (what, how)."""
    if isinstance(node, ast.Compare) and type(node.ops[0]) in COMPARED:
        other = COMPARED[type(node.ops[0])]
        yield f"{type(node.ops[0]).__name__} to {other.__name__}", ("ops", [other()])
    if isinstance(node, ast.BinOp) and type(node.op) in COUNTED:
        other = COUNTED[type(node.op)]
        yield f"{type(node.op).__name__} to {other.__name__}", ("op", other())
    if isinstance(node, ast.BoolOp):
        other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield f"to {type(other).__name__}", ("op", other)
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield f"{node.value} turned", ("value", not node.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        yield f"{node.value} to {node.value + 1}", ("value", node.value + 1)
    if isinstance(node, ast.If):
        yield "condition turned", ("test", ast.UnaryOp(ast.Not(), node.test))
    if _is_permission(node) and node.attr != "LOOK":
        yield "permission LOOK", ("attr", "LOOK")
    if isinstance(node, ast.Expr) and _drops(node.value):
        yield f"without {node.value.func.attr}", ("value", ast.Constant(None))


def _is_permission(node):
    return isinstance(node, ast.Attribute) and ast.unparse(node.value) == "Permission"


def _drops(value):
    return (
        isinstance(value, ast.Call)
        and isinstance(value.func, ast.Attribute)
        and value.func.attr in DROPPED
    )


def mutants(file):
    """Every mutant of a file."""
    tree = ast.parse(file.read_text("utf-8"))
    left_out = set(_without_effect(tree))
    begins = _functions(tree)
    for place, node in enumerate(ast.walk(tree)):
        if id(node) in left_out:
            continue
        for what, (field, value) in changes(node):
            changed = copy.deepcopy(tree)
            target = next(n for i, n in enumerate(ast.walk(changed)) if i == place)
            setattr(target, field, value)
            text = ast.unparse(ast.fix_missing_locations(changed))
            name = file.relative_to(ROOT).as_posix()
            line = getattr(node, "lineno", 0)
            yield Mutant(name, line, begins.get(id(node), 0), what, text)


def _functions(tree):
    """By the id of each node in the body of a function: the first line of the outermost one, as Python counts it."""
    begins = {}
    for node in ast.walk(tree):  # the outer ones come first
        if isinstance(node, ast.FunctionDef):
            decorators = [each.lineno for each in node.decorator_list]
            first = min([node.lineno, *decorators])
            for statement in node.body:
                for inner in ast.walk(statement):
                    begins.setdefault(id(inner), first)
    return begins


def _without_effect(tree):
    """The ids of constants that no test can notice: docstrings, arguments of `dataclass` and `zip`, what `field` shows."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield id(node.value)
        if isinstance(node, ast.keyword) and node.arg in SHOWN:
            yield id(node.value)
        for decorator in getattr(node, "decorator_list", ()):
            if "dataclass" in ast.unparse(decorator):
                yield from map(id, ast.walk(decorator))


def copy_of_the_tree(folder):
    """What the tests need, in a folder of its own."""
    for name in NEEDED:
        source = ROOT / name
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(source, folder / name, ignore=ignored)
        else:
            shutil.copy(source, folder / name)


def survivors(room, chosen):
    """How many of the mutants no test notices; told one by one."""
    tests = [f"tests/{room}", *ALSO.get(room, ()), "tests/house/test_doors.py"]
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        copy_of_the_tree(folder)
        told = [asdict(mutant) for mutant in chosen]
        (folder / "mutants.json").write_text(json.dumps(told), "utf-8")
        environment = {
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "MUTANTS_FOLDER": str(folder),
            "MUTANTS_ROOM": room,
        }
        command = [sys.executable, "-m", "pytest", *OPTIONS, *tests]
        subprocess.run(command, cwd=folder, env=environment)
        alive = folder / "alive.json"
        if not alive.exists():
            sys.exit("the tests fail before anything is changed")
        return json.loads(alive.read_text("utf-8"))


def main():
    """Choose the mutants, and tell who survived; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("room")
    parser.add_argument("--most", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    if not files(asked.room):
        parser.error(f"there is no room {asked.room}")
    every = [mutant for file in files(asked.room) for mutant in mutants(file)]
    chosen = random.Random(asked.seed).sample(every, min(asked.most, len(every)))
    if not chosen:
        print(f"{asked.room}: there is nothing to change")
        return 0
    alive = survivors(asked.room, chosen)
    share = alive / len(chosen)
    print(
        f"{asked.room}: {alive} of {len(chosen)} survived ({share:.0%}, at most {SHARE:.0%}; {len(every)} possible)"
    )
    return int(share > SHARE)


if __name__ == "__main__":
    sys.exit(main())
