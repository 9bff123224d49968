"""Every dialog with a form keeps what is typed, or stands here with the reason why not."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_KEPT = {
    "ui/password.py": "passwords",
    "ui/office/copies.py": "no form: a password",
    "ui/office/accounts.py": "no form",
    "ui/office/account_dialogs.py": "passwords, roles to tick, and a code from paper",
    "ui/certificates/trust_dialogs.py": "codes and fingerprints from paper or telephone",
    "ui/certificates/printing.py": "one question about papers that lie there now",
    "ui/attendance/evidence.py": "no form: a picture",
    "ui/attendance/printing.py": "choices of papers; the languages of the last are remembered",
    "ui/participants/attendance_record.py": "no form: read only",
    "ui/attendance/cell_form.py": "one letter and a few words of one cell",
    "ui/screening/second_entry.py": "one number",
    "ui/facilitators/ties.py": "one line to search in; the list is changed at once",
    "ui/widgets/outgoing.py": "who gets a file; the last one is remembered",
    "ui/needs/printing.py": "no form",
    "ui/attendance/sheet_import.py": "no form: the marks are in their file",
    "ui/people_lists.py": "choices of a list; the own list is remembered",
    "ui/groups/comparing.py": "no form",
    "ui/groups/giving.py": "no form",
    "ui/groups/others.py": "no form",
    "ui/office/spellings.py": "a choice between two spellings",
    "ui/findings.py": "no form",
    "ui/participants/duplicates.py": "no form",
    "ui/participants/links.py": "two choices and a name; each link is saved at once",
    "ui/participants/erasing.py": "no form: a password",
    "ui/participants/rights.py": "what is read and confirmed: the forms in it are dialogs of their own, and kept",
    "ui/participants/importing.py": "no form: the sheet is in its file",
    "ui/screening/adding_questionnaire.py": "no form: the questionnaire is in its file",
    "ui/widgets/dialog.py": "the dialog itself",
}
# the history of a person: a dialog to read, beside two that are kept
# what is due and what was destroyed: lists, and a question with a password
TO_READ = {
    "ui/participants/person.py": 1,
    "ui/office/destroying.py": 1,
    "ui/office/retention.py": 2,
}


def calls(file):
    """The calls that make a dialog in a file: `Dialog(…)`, or `super().__init__(…)` of a class of dialogs."""
    tree = ast.parse(file.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and "Dialog" in map(ast.unparse, node.bases):
            for call in ast.walk(node):
                if isinstance(call, ast.Call) and ast.unparse(call.func) == "super().__init__":  # fmt: skip
                    yield call
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "Dialog":
            yield node


def test_every_dialog_with_a_form_says_the_action_that_it_ends_in():
    silent = {}
    for file in sorted((ROOT / "ui").rglob("*.py")):
        name = file.relative_to(ROOT).as_posix()
        for call in calls(file):
            if "ends_in" not in {keyword.arg for keyword in call.keywords}:
                silent[name] = silent.get(name, 0) + 1
    unexplained = {
        name: count
        for name, count in silent.items()
        if name not in NOT_KEPT and TO_READ.get(name) != count
    }
    assert unexplained == {}, (
        "give the dialog `ends_in`, or say here why it keeps nothing"
    )
    assert NOT_KEPT.keys() - {"ui/widgets/dialog.py"} <= silent.keys()
