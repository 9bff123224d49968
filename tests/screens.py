"""Pictures of every screen, from the practice office, in both sizes and both themes: python tests/screens.py OUT [OFFICE]

Fails when text is cut: a label or button that is narrower than its words.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QWidget  # noqa: E402

from cbs_desktop.office import Office  # noqa: E402
from ui import theme  # noqa: E402
from ui.desk import Desk  # noqa: E402
from ui.main_window import MainWindow  # noqa: E402
from ui.sign_in import SignIn  # noqa: E402
from ui.work import Work  # noqa: E402

SIZES = {"1366": (1366, 728), "1092": (1092, 576)}  # whole, and at 125 % beneath the taskbar
PLACES = {
    "home": [("home", None)], "participants": [("participants", None)], "screening": [("screening", "new")],
    "risk": [("screening", "new")], "decision": [("screening", "to decide")], "safety": [("screening", "cards")],
    "waiting": [("screening", "waiting list")], "twice": [("screening", "again")], "outcomes": [("screening", "outcomes")],
    "groups": [("groups", None)],
    "attendance": [("attendance", None)], "certificates": [("certificates", None)], "reports": [("reports", None)],
    "facilitators": [("facilitators", None)], "office": [("office", None)], "questionnaires": [("questionnaires", "pcl5")],
    "referrals": [("referrals", None)], "look": [("look", None)], "help": [("help", None)],
}  # fmt: skip
TYPED = {"risk": "0" * 16 + "1"}  # what is typed into the questionnaire before the picture
DIALOGS = {
    "person-form": ("participants", "new_person"), "import": ("participants", "open_import"), "round": ("office", "new_round"),
    "programme": ("office", "change_rules"), "signatories": ("office", "change_signers"), "accounts": ("office", "show_accounts"),
    "add-questionnaire": ("questionnaires", "add_from_file"), "second-entry": ("questionnaires", "change_every"),
    "service": ("referrals", "new_service"), "keep-apart": ("groups", "keep_apart"),
    "session": ("attendance", "change_session"), "find": ("", "find_anything"),
}  # fmt: skip


def settle(app: QApplication, desk: Desk) -> None:
    end, quiet = time.monotonic() + 20, 0
    while time.monotonic() < end and quiet < 8:
        app.processEvents()
        quiet = quiet + 1 if desk.idle() and Work.idle() else 0
        time.sleep(0.01)


def cut(widget: QWidget) -> list[str]:
    """Words that do not fit their place."""
    found = []
    for each in [*widget.findChildren(QLabel), *widget.findChildren(QPushButton)]:
        if not each.isVisible() or not each.text() or (isinstance(each, QLabel) and each.wordWrap()):
            continue
        if each.sizePolicy().horizontalPolicy() is each.sizePolicy().Policy.Ignored:
            continue
        if each.width() + 1 < min(each.sizeHint().width(), each.fontMetrics().horizontalAdvance(each.text())):
            found.append(f"{each.text()!r} has {each.width()} of {each.sizeHint().width()}")
    return found


def draw(app: QApplication, out: Path, folder: Path) -> list[str]:
    wrong = []
    for look in ("light", "dark"):
        theme.apply(app, look == "dark")
        sign_in = SignIn(folder)
        sign_in.show()
        app.processEvents()
        sign_in.grab().save(str(out / f"sign-in-{look}.png"))
        sign_in.close()
        desk = Desk(Office.open(folder, "coordinator", "practice"))
        window = MainWindow(desk)
        window.show()
        for size, pixels in SIZES.items():
            for _ in range(4):  # becoming narrow takes the names off the rail, and only then it can be narrower still
                window.resize(*pixels)
                app.processEvents()
            for name, ways in PLACES.items():
                for word, item in ways:
                    window.open(word, item)
                    settle(app, desk)
                if name in TYPED:
                    entry = window._pages["screening"].entry
                    QTest.keyClicks(entry.questions, TYPED[name])
                    settle(app, desk)
                if (window.width(), window.height()) != pixels:
                    wrong.append(f"{name}-{size}: the window is {window.width()}×{window.height()}")
                wrong += [f"{name}-{size}: {words}" for words in cut(window)]
                window.grab().save(str(out / f"{name}-{size}-{look}.png"))
        dialogs(app, desk, window, out, look)
        window.close()
        window.deleteLater()
    return sorted(set(wrong))


def dialogs(app: QApplication, desk: Desk, window: MainWindow, out: Path, look: str) -> None:
    for name, (place, act) in DIALOGS.items():
        if place:
            window.open(place)
            settle(app, desk)
        getattr(window._pages[place] if place else window, act)()
        settle(app, desk)
        for dialog in [w for w in app.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]:
            dialog.grab().save(str(out / f"{name}-{look}.png"))
            dialog.close()
        settle(app, desk)


def main(out: Path, office: Path | None) -> int:
    out.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication([])
    with tempfile.TemporaryDirectory() as made:
        if office is None:
            from cbs_desktop.practice import build

            office = Path(made) / "practice"
            build.build(office, "practice")
        wrong = draw(app, out, office)
    for line in wrong:
        print(line)
    print(f"{len(list(out.glob('*.png')))} pictures in {out}")
    return int(bool(wrong))


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("python tests/screens.py OUT [OFFICE]")
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None))
