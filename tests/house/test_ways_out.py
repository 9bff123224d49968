"""Nothing leaves the program but by the one way that notes it (`exports`): held against the source, call by call."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# name that is called or imported → the files that may, each with its reason
MAY = {
    "save": {
        "cbs_desktop/exports/actions.py",  # the way itself
        "cbs_desktop/exports/files.py",  # of an office that takes no note
        "cbs_desktop/commands/certificates.py",  # a page for checking, made without an office
        "ui/widgets/written_code.py",  # codes: shown once, before there is an office or about nobody
    },
    "getSaveFileName": {"ui/widgets/outgoing.py", "ui/widgets/written_code.py"},
    "getExistingDirectory": {
        "ui/widgets/outgoing.py",
        "ui/office/keeping.py",  # a backup, which notes itself
        "ui/office/copies.py",  # reads
        "ui/sign_in.py",  # reads
        "ui/scans/reading_page.py",  # reads
    },
    "send": {"ui/widgets/outgoing.py", "ui/widgets/written_code.py"},
    "write_whole": {
        "cbs_desktop/paper/file.py",
        "cbs_desktop/safe/copies.py",
        "cbs_desktop/safe/disk.py",
        "cbs_desktop/safe/erased_file.py",
        "cbs_desktop/safe/switching.py",
        "cbs_desktop/store/backup.py",
    },
}
MODULES = {"save": "cbs_desktop.paper.file", "send": "ui.widgets.preview"}


def sources():
    for top in ("cbs_desktop", "ui"):
        yield from sorted((ROOT / top).rglob("*.py"))


def used(tree):
    """The names of `MAY` that a file calls, or takes out of the module that has them."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                if MODULES.get(alias.name) == node.module:
                    yield alias.name
                if alias.name == "file" and node.module == "cbs_desktop.paper":
                    yield "save"
        elif isinstance(node, ast.Attribute) and node.attr in MAY.keys() - MODULES:
            yield node.attr


def found():
    ways = {name: set() for name in MAY}
    for file in sources():
        for name in used(ast.parse(file.read_text("utf-8"))):
            ways[name].add(file.relative_to(ROOT).as_posix())
    return ways


def test_every_paper_and_file_leaves_by_the_way_that_notes_it():
    for name, files in found().items():
        beside = files - MAY[name]
        assert not beside, (
            f"{name} in {sorted(beside)}: save by ui/widgets/outgoing.py or exports/files.py, with what leaves"
        )


def test_no_way_is_listed_that_nobody_goes():
    for name, files in MAY.items():
        gone = files - found()[name] - {"cbs_desktop/safe/disk.py"}
        assert not gone, f"{name} is not in {sorted(gone)} any more"


def test_no_other_way_writes_bytes():
    """Files are written by `write_whole` and what the safe keeps for itself; a new writer is a new way out."""
    own = ("cbs_desktop/safe/", "cbs_desktop/store/", "cbs_desktop/practice/", "cbs_desktop/outside/")  # fmt: skip
    ways = set()
    for file in sources():
        place = file.relative_to(ROOT).as_posix()
        if place.startswith(own):
            continue
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            writes = isinstance(node, ast.Attribute) and node.attr in ("write_bytes", "write_text")  # fmt: skip
            opens = isinstance(node, ast.Constant) and node.value in ("wb", "xb", "ab")
            if writes or opens:
                ways.add(place)
    assert ways == set()
