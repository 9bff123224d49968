"""What an office needs is imported beside the sign-in window, the places while Home is read; nothing is left to import when
they are opened."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import sys
from pathlib import Path
from ui.app import App
from ui.work import Work
app = App(Path(sys.argv[1]))
app.sign_in.show(); app.qt.processEvents(); app.sign_in.grab()
assert "sqlalchemy" not in sys.modules, "painted first"
app.warm_up()
while not Work.idle():
    app.qt.processEvents()
before = set(sys.modules)
from cbs_desktop.office import Office
app.enter(Office.open(Path(sys.argv[1]), "coordinator", "four plain words"))
while not app.window.desk.idle():
    app.qt.processEvents()
late = set(sys.modules) - before
kinds = ("ui.", "cbs_desktop.", "sqlalchemy.", "alembic.", "cryptography.")
print(sorted(name for name in late if name.startswith(kinds)))
app.warm_up_rest()
while not Work.idle():
    app.qt.processEvents()
before = set(sys.modules)
for place in ("participants", "groups", "certificates", "reports", "office"):
    app.window.open(place)
    while not app.window.desk.idle():
        app.qt.processEvents()
late = set(sys.modules) - before
print(sorted(name for name in late if name.startswith(kinds)))
app.window.close()
"""


def test_nothing_heavy_is_left_to_import_when_an_office_is_opened(folder):
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.stdout.split() == ["[]", "[]"], done.stdout + done.stderr
