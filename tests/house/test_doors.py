"""The doors of the office: who may call which action and query, and that every action says what it did."""

import ast
import string
import tomllib
from importlib import import_module
from pathlib import Path

import pytest

from cbs_desktop import errors, rooms
from cbs_desktop.action import ACTIONS, QUERIES
from cbs_desktop.keeping import accounts as keeping
from cbs_desktop.office import Office
from cbs_desktop.safe.permissions import TABLE, Permission, Role

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = {"__main__.py", "env.py"}


def modules():
    """Every module of the office that may hold an action or a query."""
    for file in sorted(ROOT.glob("cbs_desktop/**/*.py")):
        if file.name not in LEFT_OUT and "versions" not in file.parts:
            yield ".".join(file.relative_to(ROOT).with_suffix("").parts)


rooms.open_all()
for module in modules():
    import_module(module)
DOORS = {**ACTIONS, **QUERIES}
WRITTEN = tomllib.loads((ROOT / "tests" / "house" / "doors.toml").read_text("utf-8"))

# Who holds what: written by hand. A new permission is entered here.
PASSWORD = "four plain words"  # of the template
MAY = {
    "look": "coordinator screener clerk",
    "register": "coordinator clerk",
    "import": "coordinator clerk",
    "see background": "coordinator screener",
    "record screening": "coordinator screener clerk",
    "see scores": "screener",
    "decide": "screener",
    "safety": "screener",
    "allocate": "coordinator",
    "keep apart": "coordinator screener",
    "mark attendance": "coordinator clerk",
    "certify": "coordinator",
    "override": "coordinator",
    "print": "coordinator screener clerk",
    "report": "coordinator auditor",
    "set up": "coordinator",
    "accounts": "coordinator",
    "back up": "coordinator",
    "merge": "coordinator",
    "read journal": "coordinator auditor",
    "rights": "coordinator",
    "erase": "coordinator",
    "own account": "coordinator screener clerk auditor",
}


def test_roles_are_as_written_by_hand():
    held = {
        permission.value: " ".join(r.value for r in Role if permission in TABLE[r])
        for permission in Permission
    }
    assert held == MAY


def test_every_door_asks_for_the_permission_written_by_hand():
    asked = {name: door.permission.value for name, door in DOORS.items()}
    written = {name: word for word, names in WRITTEN.items() for name in names}
    assert asked == written, (
        "a new action or query is entered in tests/house/doors.toml"
    )


def alone(folder, calendar, role):
    """The office opened by somebody with this role and no other."""
    founder = Office.open(folder, "coordinator", PASSWORD, calendar)
    if role == "coordinator":  # the founder holds three roles
        founder.do(keeping.add_account, "only", frozenset({Role(role)}), PASSWORD)
        role = "only"
    founder.close()
    return Office.open(folder, role, PASSWORD, calendar)


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_a_shut_door_refuses_before_it_looks_at_the_arguments(folder, calendar, role):
    office = alone(folder, calendar, role)
    before = office._act
    let_in = []
    for name, door in DOORS.items():
        ask = office.do if name in ACTIONS else office.ask
        if role in MAY[door.permission.value].split():
            assert office.may(door)
            continue
        try:
            ask(door, object(), "nonsense")
        except errors.Refused:
            continue
        let_in.append(name)
    unchanged = office._act == before
    office.close()
    assert let_in == [] and unchanged


# --- what was done, in words


def names_in(sentence):
    return {
        name for _text, name, _spec, _conv in string.Formatter().parse(sentence) if name
    }


def functions_of(module):
    tree = ast.parse(Path(module.__file__).read_text("utf-8"))
    return {
        node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)
    }


def said_by(function, seen=frozenset()):
    """The facts that a function says, or has said by functions that it calls."""
    module = import_module(function.__module__)
    body = functions_of(module).get(function.__name__)
    said = set()
    for call in (node for node in ast.walk(body) if isinstance(node, ast.Call)):
        target = call.func
        if isinstance(target, ast.Attribute) and target.attr == "say":
            said |= {keyword.arg for keyword in call.keywords}
        called = None
        if isinstance(target, ast.Name):
            called = vars(module).get(target.id)
        elif isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name):
            called = getattr(vars(module).get(target.value.id), target.attr, None)
        known = (getattr(called, "__module__", "") or "").startswith("cbs_desktop.")
        if (
            known
            and callable(called)
            and not isinstance(called, type)
            and called not in seen
        ):
            said |= said_by(called, seen | {function, called})
    return said


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_every_action_fills_its_sentence(name):
    action = ACTIONS[name]
    assert action.done, f"{name} has no sentence for the bar and the history"
    missing = names_in(action.done) - said_by(action)
    assert not missing, f"{name} never says {missing}: call tx.say"
