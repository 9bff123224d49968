"""Pictures of every screen, from the practice office, in both sizes and both themes: python tests/screens.py OUT [OFFICE]

Fails when text is cut: a label or button that is narrower than its words.
"""

import os
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from operator import attrgetter
from pathlib import Path
from random import Random

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import Qt  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QWidget  # noqa: E402

from cbs_desktop.office import Office  # noqa: E402
from ui import theme  # noqa: E402
from ui.desk import Desk  # noqa: E402
from ui.main_window import MainWindow  # noqa: E402
from ui.sign_in import SignIn  # noqa: E402
from ui.work import Work  # noqa: E402

SIZES = {
    "1366": (1366, 728),
    "1092": (1092, 576),
}  # whole, and at 125 % beneath the taskbar
PLACES = {
    "home": [("home", None)], "participants": [("participants", None)], "screening": [("screening", "new")],
    "risk": [("screening", "new")], "decision": [("screening", "to decide")], "safety": [("screening", "cards")],
    "waiting": [("screening", "waiting list")], "twice": [("screening", "again")], "outcomes": [("screening", "outcomes")],
    "groups": [("groups", None)],
    "attendance": [("attendance", None)], "registers": [("registers", None)], "needs": [("needs", "visits")],
    "calendar": [("calendar", None)], "certificates": [("certificates", None)],
    "checking": [("checking", None)], "reports": [("reports", None)],
    "facilitators": [("facilitators", None)], "office": [("office", None)], "questionnaires": [("questionnaires", "pcl5")],
    "protection": [("protection", None)], "journal": [("journal", None)],
    "referrals": [("referrals", None)], "look": [("look", None)], "help": [("help", None)],
}  # fmt: skip
BOARD = {
    "other-groups": ("groups", "others"), "compare": ("groups", "compare"), "keep-together": ("groups", "keep_together"),
    "wishes": ("office", "change_wishes"), "ties": ("facilitators", "change_ties"),
}  # fmt: skip
TYPED = {
    "risk": "0" * 16 + "1"
}  # what is typed into the questionnaire before the picture
DIALOGS = {
    "person-form": ("participants", "new_person"), "import": ("participants", "open_import"),
    "lists": ("participants", "ticks.show_lists"), "move-many": ("participants", "ticks.move_ticked"),
    "consent-many": ("participants", "ticks.consent_ticked"), "leave-many": ("participants", "ticks.leave_ticked"),
    "duplicates": ("participants", "find_duplicates"), "merges": ("participants", "show_merges"),
    "round": ("office", "new_round"), "spellings": ("office", "compare_spellings"),
    "joined-places": ("office", "show_joined_places"), "facility": ("office", "add_facility"),
    "older-division": ("office", "add_former_place"),
    "programme": ("office", "change_rules"), "signatories": ("office", "change_signers"), "accounts": ("office", "show_accounts"),
    "copies": ("office", "show_copies"), "loss": ("protection", "new_case"),
    "case": ("protection", "open_current"), "processing-register": ("protection", "change_register"),
    "retention": ("office", "show_retention"), "rights": ("participants", "person.show_rights"),
    "add-questionnaire": ("questionnaires", "add_from_file"), "second-entry": ("questionnaires", "change_every"),
    "service": ("referrals", "new_service"), "keep-apart": ("groups", "keep_apart"),
    "correct-name": ("certificates", "correct"), "withdraw": ("certificates", "withdraw"),
    "print-registers": ("attendance", "print_registers"),
    "root-key": ("checking", "make_root"), "session": ("attendance", "change_session"),
    "need-paper": ("needs", "print_list"), "sheet-import": ("attendance", "import_marks"), "find": ("", "find_anything"),
}  # fmt: skip


def settle(app: QApplication, desk: Desk) -> None:
    end = time.monotonic() + 20
    quiet = 0
    while time.monotonic() < end and quiet < 8:
        app.processEvents()
        quiet = quiet + 1 if desk.idle() and Work.idle() else 0
        time.sleep(0.01)


def cut(widget: QWidget) -> list[str]:
    """Words that do not fit their place."""
    found = []
    for each in [*widget.findChildren(QLabel), *widget.findChildren(QPushButton)]:
        if (
            not each.isVisible()
            or not each.text()
            or (isinstance(each, QLabel) and each.wordWrap())
        ):
            continue
        if each.sizePolicy().horizontalPolicy() is each.sizePolicy().Policy.Ignored:
            continue
        if each.width() + 1 < min(
            each.sizeHint().width(), each.fontMetrics().horizontalAdvance(each.text())
        ):
            found.append(
                f"{each.text()!r} has {each.width()} of {each.sizeHint().width()}"
            )
    return found


def draw(app: QApplication, out: Path, folder: Path, planning: Path) -> list[str]:
    wrong = []
    for look in ("light", "dark"):
        theme.apply(app, look == "dark")
        sign_in = SignIn(folder)
        sign_in.show()
        app.processEvents()
        sign_in.grab().save(str(out / f"sign-in-{look}.png"))
        sign_in.close()
        wrong += first_window(app, out, folder.with_name("none"), look)
        desk = Desk(Office.open(folder, "coordinator", "practice"))
        note_loss(desk.office)
        window = MainWindow(desk)
        window.show()
        for size, pixels in SIZES.items():
            for _ in range(
                4
            ):  # becoming narrow takes the names off the rail, and only then it can be narrower still
                window.resize(*pixels)
                app.processEvents()
            for name, ways in PLACES.items():
                for word, item in ways:
                    window.open(word, item)
                    settle(app, desk)
                if name == "registers":
                    bring_register(window._pages[name])
                    settle(app, desk)
                if name in TYPED:
                    entry = window._pages["screening"].entry
                    QTest.keyClicks(entry.questions, TYPED[name])
                    settle(app, desk)
                if (window.width(), window.height()) != pixels:
                    wrong.append(
                        f"{name}-{size}: the window is {window.width()}×{window.height()}"
                    )
                wrong += [f"{name}-{size}: {words}" for words in cut(window)]
                window.grab().save(str(out / f"{name}-{size}-{look}.png"))
        dialogs(app, desk, window, out, look)
        wrong += findings_and_lock(app, desk, window, out, look)
        window._pages["registers"].leave_out()  # else the window asks before it closes
        window.close()
        window.deleteLater()
        wrong += board(app, out, planning, look)
    return sorted(set(wrong))


def bring_register(page: QWidget) -> None:
    """A register that was printed, marked and photographed, with two boxes in one row."""
    from cbs_desktop.groups.queries import groups
    from cbs_desktop.programmes.queries import rounds
    from cbs_desktop.scans import actions, papers
    from cbs_desktop.scans.queries import RegisterChoice
    from tests.scans import marked

    office = page.desk.office
    round_id = office.ask(rounds)[0].id
    group = office.ask(groups, round_id)[0].id
    choice = RegisterChoice(frozenset({group}), first=3)
    made = papers.registers(office, round_id, choice, ("rw", "fr"))
    office.do(actions.print_registers, made.noted, ("rw", "fr"))
    ((_code, printed),) = made.noted
    letters = dict.fromkeys(range(len(printed.people)), "P") | {2: "PA", 5: "E"}
    (photo,) = marked.pictures(made.content, [printed], [letters])
    file = Path(tempfile.mkdtemp()) / "photo.jpg"
    file.write_bytes(photo)
    page.leave_out()
    page.take([file])


def first_window(app: QApplication, out: Path, folder: Path, look: str) -> list[str]:
    """What the first window shows where no office lies: the doors, and the page behind each."""
    wrong = []
    for size, pixels in SIZES.items():
        window = SignIn(folder)
        window.resize(*pixels)
        window.show()
        ways = {
            "first-start": window.back,
            "new-office": window.make_new,
            "practice-office": window.practise,
            "open-backup": partial(window.open_backup, folder),
        }
        for name, way in ways.items():
            way()
            for _ in range(8):  # a page that grows by its words asks for room again
                app.processEvents()
            wrong += [f"{name}-{size}: {words}" for words in cut(window)]
            window.grab().save(str(out / f"{name}-{size}-{look}.png"))
            window.back()
        window.close()
    return wrong


def note_loss(office: Office) -> None:
    """A laptop that was left open in a bus, so that there is a case with both clocks."""
    from cbs_desktop.protection import actions, queries
    from cbs_desktop.protection.rules import Loss

    if not office.ask(queries.cases):
        noticed = office.now() - timedelta(hours=7)
        loss = Loss("laptop", noticed, where="Bus to Musanze", was_open=True)
        office.do(actions.open_breach, loss)


def findings_and_lock(
    app: QApplication, desk: Desk, window: MainWindow, out: Path, look: str
) -> list[str]:
    """What the check would say of an office changed beside the program, and the lock, last of all."""
    from cbs_desktop.findings import Finding
    from ui.findings import Findings

    wrong = []
    names = {"names": "UWERA, KAGABO"}
    found = [
        Finding("key file torn", {"file": "keys.json"}),
        Finding("accounts changed", names),
    ]
    dialog = Findings(window, desk, found)
    dialog.show()
    settle(app, desk)
    dialog.grab().save(str(out / f"findings-{look}.png"))
    dialog.close()
    window.lock()
    for size, pixels in SIZES.items():
        window.resize(*pixels)
        settle(app, desk)
        wrong += [f"lock-{size}: {words}" for words in cut(window)]
        window.grab().save(str(out / f"lock-{size}-{look}.png"))
    return wrong


def before_the_season(folder: Path) -> None:
    """An office in which everybody is decided for and groups are proposed: one person and one group are pinned."""
    from cbs_desktop import founding, resource
    from cbs_desktop.clock import Calendar
    from cbs_desktop.groups import eligible
    from cbs_desktop.groups.allocation import solver
    from cbs_desktop.groups.proposals import boards, proposing
    from cbs_desktop.practice.build import Season

    plan = resource.toml("practice", "season.toml")
    calendar = Calendar(plan["opens"])
    names = tuple(district["name"] for district in plan["district"])
    asked = founding.Plan(
        "Practice office", "PR", "RW", names, "coordinator", practice=True
    )
    office, _code = founding.found(folder, asked, "practice", calendar)
    season = Season(office, calendar, plan)
    for step in (season.set_up, season.register, season.screen):
        step()
    calendar.day = plan["starts"] - timedelta(days=7)
    problem = office.ask(eligible.instance)
    result = solver.solve(problem, Random(2026))
    for _ in range(2):
        proposal = office.do(proposing.propose, season.round_id, problem, result, 2026)
    card = office.ask(boards.board).groups[2].cards[1]
    office.do(proposing.pin, proposal, 1, card.id)
    office.do(proposing.pin_group, proposal, 2, 3)
    office.close()


def board(app: QApplication, out: Path, folder: Path, look: str) -> list[str]:
    """The board of a whole season, a card in the hand, and its dialogs."""
    wrong = []
    desk = Desk(
        Office.open(
            folder,
            "coordinator",
            "practice",
            lambda: datetime(2026, 2, 9, 9, tzinfo=UTC),
        )
    )
    window = MainWindow(desk)
    window.show()
    for size, pixels in SIZES.items():
        for _ in range(4):
            window.resize(*pixels)
            app.processEvents()
        window.open("groups")
        settle(app, desk)
        page = window._pages["groups"]
        page.columns.places.setCurrentIndex(2)
        first = page.columns._lists[1]
        first.setFocus()
        first.setCurrentRow(0)
        settle(app, desk)
        window.grab().save(str(out / f"board-{size}-{look}.png"))
        QTest.keyClick(first, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
        settle(app, desk)
        wrong += [f"board-{size}: {words}" for words in cut(window)]
        window.grab().save(str(out / f"board-held-{size}-{look}.png"))
        page.columns.put_back()
    dialogs(app, desk, window, out, look, BOARD)
    window.close()
    window.deleteLater()
    return wrong


def dialogs(
    app: QApplication,
    desk: Desk,
    window: MainWindow,
    out: Path,
    look: str,
    which: dict = DIALOGS,
) -> None:
    for name, (place, act) in which.items():
        if place:
            window.open(place)
            settle(app, desk)
        if place == "facilitators":
            window._pages[place].table.choose(0)
        if place == "protection":
            window._pages[place].table.choose(0)
        if place == "participants":
            rows = window._pages[place].table
            rows.model_rows.tick(rows.rows[:3])
        attrgetter(act)(window._pages[place] if place else window)()
        settle(app, desk)
        for dialog in [
            w for w in app.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()
        ]:
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
        planning = Path(made) / "planning"
        before_the_season(planning)
        wrong = draw(app, out, office, planning)
    for line in wrong:
        print(line)
    print(f"{len(list(out.glob('*.png')))} pictures in {out}")
    return int(bool(wrong))


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("python tests/screens.py OUT [OFFICE]")
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None))
