"""What the import contracts cannot see: permissions, triggers, migrations, and the one place for each matter."""

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest

from cbs_desktop import errors, problems, rooms
from cbs_desktop.store import engine, known_schema, schema

ROOT = Path(__file__).resolve().parents[2]
rooms.open_all()
for file in ROOT.glob(
    "cbs_desktop/*/**/*.py"
):  # actions and queries that no fixed file of a room imports
    if "migrations" not in file.parts:
        import_module(".".join(file.relative_to(ROOT).with_suffix("").parts))

SOURCES = sorted([*ROOT.glob("cbs_desktop/**/*.py"), *ROOT.glob("ui/**/*.py")])


def test_every_table_has_its_triggers(office):
    with office._reader.connect() as link:
        assert known_schema.strange(link) == []
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


def beside(office, statement):
    """A statement of somebody who holds the key."""
    link = engine.connect(office.folder / engine.FILE, office._keys.data)
    link.execute(statement)
    link.close()


def test_a_missing_trigger_is_noticed(office):
    beside(office, "DROP TRIGGER journal_person_update")
    names = [one.facts.get("name") for one in office.check().findings]
    assert names == ["trigger journal_person_update"]


def test_an_office_without_a_trigger_is_not_opened(sign_in):
    office = sign_in("coordinator")
    beside(office, "DROP TRIGGER journal_mark_insert")
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


PLAIN_SQL = {
    "cbs_desktop/attendance/actions.py",
    "cbs_desktop/participants/actions.py",
    "cbs_desktop/store/erasing.py",  # what the journal has of a person
    "cbs_desktop/store/journal.py",
    "cbs_desktop/store/row_sql.py",  # rows of any table, as the journal tells
    "cbs_desktop/store/search.py",
}
WRITES = ("insert", "update", "delete", "remove")


def test_a_room_writes_only_its_own_tables():
    wrong = []
    for path in ROOT.glob("cbs_desktop/*/**/*.py"):
        room = path.relative_to(ROOT).parts[1]
        own = {
            mapper.class_.__name__
            for mapper in schema.Base.registry.mappers
            if f".{room}." in mapper.class_.__module__
        }
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
                continue
            if call.func.id in WRITES and call.args:
                table = ast.unparse(call.args[0]).split(".")[-1]
                if table[0].isupper() and table not in own:
                    wrong.append(f"{path.relative_to(ROOT)}:{call.lineno} {table}")
    assert wrong == []


def test_tables_are_written_by_statements_that_name_them():
    """What a statement in plain SQL writes, the rule above cannot see: only these files hold any."""
    plain = re.compile(r"[\"'(](INSERT INTO|UPDATE|DELETE FROM) ")
    found = {
        path.relative_to(ROOT).as_posix()
        for path in ROOT.glob("cbs_desktop/**/*.py")
        if plain.search(path.read_text("utf-8")) and "versions" not in path.parts
    }
    assert found <= PLAIN_SQL


ONLY_IN = {
    r"\bParagraph\(": {"cbs_desktop/paper/page.py"},
    r"datetime\.now\(|date\.today\(|time\.time\(": {"cbs_desktop/clock.py"},
    r"\bQMessageBox\b": {"ui/messages.py"},
    r"\bQThread\b|threading\.Thread\(|ThreadPoolExecutor\(": {
        "ui/desk.py",
        "ui/work.py",
        "cbs_desktop/outside/watch.py",  # a child is watched while it is listened to
    },
    r"\.setStyleSheet\(": {"ui/theme.py"},
    r"(?<!\w)date\.fromisoformat|%d/%m/%Y": {
        "cbs_desktop/text.py",
        "ui/widgets/inputs.py",  # what people type
    },
    r"\bprint\(": {"cbs_desktop/cli.py", "cbs_desktop/devtools.py"},
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


# readers of files from outside: they run in the child, and everything else calls the `guarded` module beside them
RAW_READERS = {
    r"from cbs_desktop\.sheets\.read import [^\n]*\b(read|sheets|every_page)\b": {
        "cbs_desktop/sheets/raw_parts.py",
        "cbs_desktop/sheets/parts.py",
        "cbs_desktop/screening/xlsform.py",
    },
    r"\bcode_reader\.|instrument_files\.|trust_list\.load|toml_file\.content|picture\.text\(": {
        "cbs_desktop/screening/instrument_files.py",
    },
    r"Image\.open\(": {
        "cbs_desktop/certificates/code_reader.py",
        "cbs_desktop/paper/picture.py",
        "cbs_desktop/scans/opening.py",
    },
    r"PdfDocument\((?!BytesIO)": {
        "cbs_desktop/certificates/code_reader.py",
        "cbs_desktop/scans/opening.py",
    },
    r"import cv2|from cv2|scans import .*\b(reader|opening)\b|scans\.(reader|opening|locating|finding) import": {
        f"cbs_desktop/scans/{name}.py"
        for name in (
            "alignment",
            "darkness",
            "finding",
            "ink",
            "locating",
            "opening",
            "reader",
        )
    },
    r"CalamineWorkbook\.from|\bopenpyxl\b|\bpickle\b": {"cbs_desktop/sheets/books.py"},
}


@pytest.mark.parametrize("pattern", RAW_READERS)
def test_files_from_outside_are_read_in_the_child(pattern):
    found = set()
    for path in SOURCES:
        code = re.sub(r'"""[^"]*"""', "", path.read_text("utf-8"))
        if re.search(pattern, code):
            found.add(str(path.relative_to(ROOT)).replace("\\", "/"))
    assert found <= RAW_READERS[pattern], "call the guarded reader of the room instead"


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


FILE_KEYS = {
    "cbs_desktop/groups/allocation/people_table.py",
    "cbs_desktop/screening/xlsform.py",
}  # their fields are the words of the file


def test_every_field_that_a_fault_names_has_the_words_of_its_label():
    named = {}
    for path in SOURCES:
        told = str(path.relative_to(ROOT)).replace("\\", "/")
        if told not in FILE_KEYS:
            text = path.read_text("utf-8")
            for match in re.finditer(
                r'(?:Fault|text_faults|day_faults)\(\s*"([a-z_]+)"', text
            ):
                named[match[1]] = told
    assert len(named) > 60
    assert {
        field: where for field, where in named.items() if field not in problems.FIELDS
    } == {}
