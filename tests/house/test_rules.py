"""What the import contracts cannot see: permissions, triggers, migrations, and the one place for each matter."""

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest

from cbs_desktop import errors, problems, rooms
from cbs_desktop.action import ACTIONS, QUERIES
from cbs_desktop.safe.permissions import TABLE, Permission, Role
from cbs_desktop.store import journal, schema

ROOT = Path(__file__).resolve().parents[2]
rooms.open_all()
for file in ROOT.glob(
    "cbs_desktop/*/**/*.py"
):  # actions and queries that no fixed file of a room imports
    if "migrations" not in file.parts:
        import_module(".".join(file.relative_to(ROOT).with_suffix("").parts))

SOURCES = sorted([*ROOT.glob("cbs_desktop/**/*.py"), *ROOT.glob("ui/**/*.py")])

# Who may call what: written by hand, one line a permission. A new permission must be entered here.
MAY = {
    "look": "coordinator screener clerk", "register": "coordinator clerk", "import": "coordinator clerk",
    "see background": "coordinator screener", "record screening": "coordinator screener clerk", "see scores": "screener",
    "decide": "screener", "safety": "screener", "allocate": "coordinator", "keep apart": "coordinator screener",
    "mark attendance": "coordinator clerk", "certify": "coordinator", "override": "coordinator",
    "print": "coordinator screener clerk",
    "report": "coordinator auditor", "set up": "coordinator", "accounts": "coordinator", "back up": "coordinator",
    "read journal": "coordinator auditor",
}  # fmt: skip


def test_roles_are_as_written_by_hand():
    found = {
        p.value: " ".join(role.value for role in Role if p in TABLE[role])
        for p in Permission
    }
    assert found == MAY


ALL = {**ACTIONS, **QUERIES}
SHUT = sorted(
    (role, name)
    for role in ("clerk", "auditor")
    for name, one in ALL.items()
    if one.permission not in TABLE[Role(role)]
)


@pytest.mark.parametrize(("role", "name"), SHUT)
def test_the_door_is_shut_for_whoever_may_not(sign_in, role, name):
    function = ALL[name]
    office = sign_in(role)
    before = office._act
    door = office.do if name in ACTIONS else office.ask
    with pytest.raises(errors.Refused):
        door(
            function, object(), "nonsense"
        )  # refused before the arguments are looked at
    assert office._act == before


def test_every_table_has_its_triggers(office):
    with office._reader.connect() as link:
        assert journal.missing(link) == []
        names = set(
            link.exec_driver_sql(
                "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            ).scalars()
        )
    assert {
        f"journal_{table.name}_{verb}"
        for table in schema.tables()
        for verb in ("insert", "update", "delete")
    } <= names


def test_a_missing_trigger_is_noticed(office):
    with office._writer.connect() as link:
        link.exec_driver_sql("DROP TRIGGER journal_person_update")
        link.commit()
    facts = office.check()
    assert facts["missing triggers"] == ["journal_person_update"] and not facts["well"]


def test_an_office_without_a_trigger_is_not_opened(sign_in):
    office = sign_in("coordinator")
    with office._writer.connect() as link:
        link.exec_driver_sql("DROP TRIGGER journal_mark_insert")
        link.commit()
    office.close()
    with pytest.raises(errors.DamagedFile):
        sign_in("coordinator")


def test_the_migrations_lead_to_the_tables_of_the_code(office):
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    kept = {table.name for table in schema.Base.metadata.tables.values()}

    def ours(_thing, name, kind, _reflected, _compared):
        return kind != "table" or name in kept

    with office._reader.connect() as link:
        context = MigrationContext.configure(
            link, opts={"include_object": ours, "compare_type": False}
        )
        assert compare_metadata(context, schema.Base.metadata) == []


def test_a_room_writes_only_its_own_tables():
    wrong = []
    for path in ROOT.glob("cbs_desktop/*/actions.py"):
        room = path.parent.name
        own = {
            mapper.class_.__name__
            for mapper in schema.Base.registry.mappers
            if f".{room}." in mapper.class_.__module__
        }
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            is_write = (
                isinstance(call, ast.Call)
                and isinstance(call.func, ast.Name)
                and call.func.id in ("insert", "update", "delete", "remove")
            )
            if is_write:
                table = ast.unparse(call.args[0]).split(".")[-1]
                if table[0].isupper() and table not in own:
                    wrong.append(f"{path}: {table}")
    assert wrong == []


ONLY_IN = {
    r"\bParagraph\(": {"cbs_desktop/paper/page.py"},
    r"datetime\.now\(|date\.today\(|time\.time\(": {"cbs_desktop/clock.py"},
    r"\bQMessageBox\b": {"ui/messages.py"},
    r"\bQThread\b|threading\.Thread\(|ThreadPoolExecutor\(": {
        "ui/desk.py",
        "ui/work.py",
    },
    r"\.setStyleSheet\(": {"ui/theme.py"},
    r"\bprint\(": {"cbs_desktop/cli.py"},
    r"self\.tr\(": set(),
}


@pytest.mark.parametrize("pattern", sorted(ONLY_IN))
def test_one_place_for_each_matter(pattern):
    found = {
        str(path.relative_to(ROOT)).replace("\\", "/")
        for path in SOURCES
        if re.search(pattern, path.read_text("utf-8"))
    }
    assert found <= ONLY_IN[pattern]


SHOWING = {
    "label",
    "button",
    "Column",
    "Field",
    "Figure",
    "Empty",
    "setToolTip",
    "setPlaceholderText",
    "setAccessibleName",
    "setWindowTitle",
}


def test_what_people_read_goes_through_the_words():
    bare = []
    for path in ROOT.glob("ui/**/*.py"):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call):
                if isinstance(call.func, ast.Attribute):
                    name = call.func.attr
                else:
                    name = getattr(call.func, "id", "")
                position = 1 if name == "Field" else 0
                args = call.args[position : position + 1]
                if (
                    args
                    and isinstance(args[0], ast.Constant)
                    and isinstance(args[0].value, str)
                ):
                    text = args[0].value
                else:
                    text = ""
                if (
                    name in SHOWING
                    and any(c.isalpha() for c in text)
                    and text != "CBS Desktop"
                ):
                    bare.append(f"{path.relative_to(ROOT)}:{call.lineno} {text!r}")
    assert bare == []


def test_every_problem_has_words():
    kinds = {
        c
        for c in vars(errors).values()
        if isinstance(c, type) and issubclass(c, errors.OfficeProblem)
    }
    special = {
        errors.OfficeProblem,
        errors.Invalid,
        errors.Unreadable,
        errors.RuleBroken,
    }
    assert {kind.__name__ for kind in kinds - special} == set(problems.SENTENCES)


def test_every_fault_and_rule_that_the_code_names_has_words():
    text = "\n".join(path.read_text("utf-8") for path in SOURCES)
    kinds = set(re.findall(r'Fault\(\s*[^,()]+?,\s*"([^"]+)"', text)) | set(
        re.findall(r'ValueError\("([a-z ]+)"\)', text)
    )
    not_shown = {"length", "no index"}  # ValueErrors that never reach a person
    assert kinds - not_shown <= problems.FAULTS.keys()
    assert set(re.findall(r'RuleBroken\(rule="([^"]+)"', text)) <= problems.RULES.keys()
    assert (
        set(
            re.findall(
                r'(?:Unreadable\(|_trouble\()[^)]*?(?:kind=|path, )"([^"]+)"', text
            )
        )
        <= problems.UNREADABLE.keys()
    )
