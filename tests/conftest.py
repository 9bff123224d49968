"""Real offices for tests: encrypted, made once, copied for each test; the desk and a way to wait for its answers."""

import gc
import shutil
from contextlib import contextmanager
from datetime import UTC, date, datetime

import hypothesis
import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QLabel

from cbs_desktop import founding, rooms
from cbs_desktop.clock import Calendar
from cbs_desktop.keeping import accounts as keeping
from cbs_desktop.office import Office
from cbs_desktop.places import actions as place_actions
from cbs_desktop.places import queries as places
from cbs_desktop.programmes import actions as programmes
from cbs_desktop.programmes import queries as programme_queries
from cbs_desktop.programmes.rules import RoundPlan
from cbs_desktop.safe.permissions import Role
from tests import threads
from ui import collection

PASSWORD = "four plain words"
DAY = date(2026, 3, 2)


rooms.open_problems()  # every problem has its words, also where no office is opened
hypothesis.settings.register_profile("no clock", deadline=None)
hypothesis.settings.load_profile(
    "no clock"
)  # a busy computer is no fault of the program
gc.disable()  # as in the program: `collection` does it, in this thread


@pytest.fixture(autouse=True)
def _objects_of_qt_die_at_home():
    """Fails the test in which an object of Qt dies in another thread than the window's."""
    yield
    threads.watch()  # screens are imported by the tests that open them
    collection.collect_due()
    assert threads.taken() == []


@pytest.fixture
def today():
    return DAY


@pytest.fixture(scope="session", autouse=True)
def _home_of_templates(tmp_path_factory):
    """Templates are made with a data folder of their own, never this person's."""
    with data_folder(tmp_path_factory.mktemp("home")) as home:
        yield home


@contextmanager
def data_folder(home):
    """The program keeps what it knows of this person in `home`."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_DATA_HOME", "LOCALAPPDATA"):
            patch.setenv(name, str(home))
        yield home


@pytest.fixture
def home(_home_of_templates, tmp_path):
    """A data folder that knows what the templates' one knows: the test works where the office was founded."""
    with data_folder(shutil.copytree(_home_of_templates, tmp_path / "home")) as mine:
        yield mine


@pytest.fixture(scope="module")
def module_home(_home_of_templates, tmp_path_factory):
    """As `home`, for an office that the tests of a file share: who opens a copy of a template has one of them."""
    mine = tmp_path_factory.mktemp("module") / "home"
    with data_folder(shutil.copytree(_home_of_templates, mine)):
        yield mine


@pytest.fixture(scope="session")
def office_template(tmp_path_factory):
    """A closed office with a round, places, and an account for every role."""
    folder = tmp_path_factory.mktemp("template") / "office"
    plan = founding.Plan(
        "Musanze office", "MU", "RW", ("Musanze", "Ngoma"), "coordinator"
    )
    office, code = founding.found(folder, plan, PASSWORD, Calendar(DAY))
    programme_id = office.ask(programme_queries.programmes)[0][0]
    office.do(
        programmes.open_round,
        programme_id,
        RoundPlan("2026A", date(2026, 3, 9), date(2026, 7, 31)),
    )
    for role in (Role.SCREENER, Role.CLERK, Role.AUDITOR):
        office.do(keeping.add_account, role.value, frozenset({role}), PASSWORD)
    office.close()
    (folder.parent / "code").write_text(code)
    return folder


@pytest.fixture
def folder(office_template, home, tmp_path):
    """A copy of the template."""
    return shutil.copytree(
        office_template,
        tmp_path / "office",
        ignore=shutil.ignore_patterns("*.lock", "*-shm"),
    )


@pytest.fixture
def calendar():
    return Calendar(DAY)


@pytest.fixture
def office(folder, calendar):
    opened = Office.open(folder, "coordinator", PASSWORD, calendar)
    yield opened
    opened.close()


@pytest.fixture
def sign_in(folder, calendar):
    """Open the office as somebody else; closed at the end."""
    opened = []

    def as_person(name):
        opened.append(Office.open(folder, name, PASSWORD, calendar))
        return opened[-1]

    yield as_person
    for one in [one for one in opened[-1:] if not one.closed]:
        one.close()  # a test that signs in twice has closed the first itself: two windows on one office are refused


@pytest.fixture
def musanze(office):
    """The id of the district."""
    return next(one.id for one in office.ask(places.covered) if one.name == "Musanze")


@pytest.fixture
def round_id(office):
    return office.ask(programme_queries.rounds)[0].id


@pytest.fixture(scope="session")
def practice_template(tmp_path_factory):
    """The practice office with its whole season; made once."""
    from cbs_desktop.practice import build

    folder = tmp_path_factory.mktemp("practice") / "office"
    build.build(folder, "practice")
    return folder


@pytest.fixture
def practice(practice_template, home, tmp_path):
    """A copy of the practice office, opened by its coordinator."""
    folder = shutil.copytree(
        practice_template,
        tmp_path / "practice",
        ignore=shutil.ignore_patterns("*.lock", "*-shm"),
    )
    opened = Office.open(
        folder, "coordinator", "practice", lambda: datetime(2026, 11, 20, 9, tzinfo=UTC)
    )
    yield opened
    opened.close()


def people_lines(count, sector="Muhoza", **more):
    """Lines of an import: so many invented people of a sector."""
    from cbs_desktop.participants import importing

    header = (
        "Own name",
        "Other names",
        "Sex",
        "Age",
        "District",
        "Sector",
        "Consent date",
        *more,
    )
    rows = [
        (
            f"PERSON{letters(i)}",
            "Ineza",
            "FM"[i % 2],
            20 + i % 40,
            "Musanze",
            sector,
            DAY,
            *more.values(),
        )
        for i in range(count)
    ]
    return importing.read(rows, importing.guess(header), 2, DAY)


def letters(number):
    """A number as letters, for names."""
    text = ""
    while number or not text:
        number, rest = divmod(number, 26)
        text = chr(65 + rest) + text
    return text


@pytest.fixture
def lines():
    return people_lines


@pytest.fixture
def screened(office, round_id):
    """Import people, screen and decide them for sociotherapy; their ids in order of number."""

    def make(count, **more):
        from cbs_desktop.participants import actions as participants
        from cbs_desktop.participants import queries as people
        from cbs_desktop.screening import actions as screening
        from cbs_desktop.screening.actions import Answers, Decided

        before = set(office.ask(people.numbers).values())
        office.do(participants.import_people, people_lines(count, **more))
        ids = [
            i for _n, i in sorted(office.ask(people.numbers).items()) if i not in before
        ]
        answers = {n: int(n < 13) for n in range(1, 21)}
        office.do(
            screening.record_many, round_id, [Answers(i, DAY, answers) for i in ids]
        )
        office.do(
            screening.decide_many,
            round_id,
            [Decided(i, "sociotherapy", "adult") for i in ids],
        )
        return ids

    return make


@pytest.fixture
def moves_to(office, musanze):
    """People move to another sector."""

    def move(ids, sector):
        from dataclasses import replace

        from cbs_desktop.participants import actions as participants
        from cbs_desktop.participants import queries as people

        place = office.do(place_actions.add_path, musanze, [sector])
        for i in ids:
            office.do(
                participants.change,
                i,
                replace(office.ask(people.form, i).details, place_id=place),
            )
        return ids

    return move


@pytest.fixture
def grouped(office, round_id, screened):
    """As screened, and placed in accepted groups; the group ids."""

    def make(count):
        from random import Random

        from cbs_desktop.groups import eligible
        from cbs_desktop.groups.allocation import solver
        from cbs_desktop.groups.proposals import proposing

        screened(count)
        problem = office.ask(eligible.instance, round_id)
        proposal = office.do(
            proposing.propose, round_id, problem, solver.solve(problem, Random(1)), 1
        )
        return office.do(proposing.accept, proposal, 1, date(2026, 3, 9))

    return make


@pytest.fixture
def dressed(qapp):
    """The application in its look."""
    from ui import theme

    theme.apply(qapp)
    return qapp


@pytest.fixture
def desk(qtbot, dressed, office):
    from ui.desk import Desk

    made = Desk(office)
    yield made
    made.close()


@pytest.fixture
def settle(qtbot):
    """Wait until every question has its answer: for facts, never for time."""

    def wait(desk):
        from ui.work import Work

        for _ in range(3):  # an answer may ask the next question
            qtbot.waitUntil(lambda: desk.idle() and Work.idle(), timeout=20_000)
            QCoreApplication.processEvents()

    return wait


@pytest.fixture
def window(qtbot, desk):
    """The main window over the office. The office is closed by its own fixture."""
    from ui.main_window import MainWindow

    made = MainWindow(desk)
    qtbot.addWidget(made)
    made.closeEvent = lambda event: event.accept()
    made.resize(1366, 728)
    made.show()
    return made


@pytest.fixture
def dialog(qapp):
    """The dialog that is open, or None."""
    from ui.widgets.dialog import Dialog

    return lambda: next(
        (
            w
            for w in QApplication.topLevelWidgets()
            if isinstance(w, Dialog) and w.isVisible()
        ),
        None,
    )


@pytest.fixture
def words():
    """Everything that a widget says."""
    return lambda widget: [
        each.text()
        for each in widget.findChildren(QLabel)
        if not each.isHidden() and each.text()
    ]


@pytest.fixture
def place_of(qtbot, dressed, sign_in, settle):
    """A place in the window of somebody else, opened; (desk, window, page)."""
    from ui.desk import Desk
    from ui.main_window import MainWindow

    desks = []

    def open_as(who, word):
        desk = Desk(sign_in(who))
        desks.append(desk)
        window = MainWindow(desk)
        qtbot.addWidget(window)
        window.closeEvent = lambda event: event.accept()
        window.resize(1092, 576)
        window.show()
        window.open(word)
        settle(desk)
        return desk, window, window._pages[word]

    yield open_as
    for desk in desks:
        desk.close()
