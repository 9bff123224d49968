"""Names that break programs go through the whole of one office: shown letter by letter, or refused with a sentence."""

import csv
import io
import re
import shutil
import unicodedata
import zipfile
from dataclasses import replace
from datetime import date
from random import Random

import pypdfium2
import pytest
import python_calamine
import shiboken6

from cbs_desktop.attendance import documents as attendance_documents
from cbs_desktop.certificates import documents as certificates
from cbs_desktop.certificates.list_documents import RegisterEntry, register_sheet
from cbs_desktop.certificates.looks import Look
from cbs_desktop.certificates.rules import Printable, Signer
from cbs_desktop.clock import Calendar
from cbs_desktop.duplicates import arriving
from cbs_desktop.errors import Invalid
from cbs_desktop.facilitators.actions import register_facilitator
from cbs_desktop.facilitators.rules import FacilitatorDetails
from cbs_desktop.groups import documents as group_documents
from cbs_desktop.groups import eligible
from cbs_desktop.groups.allocation import solver
from cbs_desktop.groups.proposals import proposing
from cbs_desktop.office import Office
from cbs_desktop.overview import queries as overview
from cbs_desktop.participants import actions, importing, outcomes
from cbs_desktop.participants import documents as import_documents
from cbs_desktop.participants.rules import ConsentDetails, PersonDetails
from cbs_desktop.places import queries as places
from cbs_desktop.problems import say, say_fault
from cbs_desktop.programmes import queries as programmes
from cbs_desktop.screening import actions as screening
from cbs_desktop.screening.actions import Answers, Decided
from cbs_desktop.sheets.read import read
from cbs_desktop.sheets.write import SheetPage, xlsx
from cbs_desktop.text import clean, fold
from tests.conftest import DAY, PASSWORD
from tests.hostile_names import KEPT, REFUSED

HEAD = ("Own name", "Sex", "Birth year", "District", "Sector")
IDS = {"ids": lambda name: ascii(name)[:40]}


class World:
    """One office in which everybody of the list is registered, screened, and in a group."""

    def __init__(self, office, folder):
        self.office, self.folder = office, folder
        self.place = next(
            one.id for one in office.ask(places.covered) if one.name == "Musanze"
        )
        self.people = {name: self._register(name) for name in KEPT}
        for number in range(60):
            own = KEPT[number % len(KEPT)]
            led = FacilitatorDetails(own, str(number), "FM"[number % 2], "", self.place)
            office.do(register_facilitator, led)
        self.rows = {row.id: row for row in office.ask(overview.roster, most=500).rows}
        self._put_into_groups()
        self.papers = {
            what: bare(text_of(content))
            for what, (_name, content) in group_documents.group_papers(
                office, self.round_id
            ).made.items()
        }
        registers = attendance_documents.registers(office, self.round_id)
        self.papers["registers"] = bare(text_of(registers))
        self.papers["certificates"] = bare(text_of(printed()))

    def details(self, name):
        return PersonDetails(name, "", "F", self.place, born_year=1980)

    def _register(self, name):
        return self.office.do(actions.register, self.details(name), ConsentDetails(DAY))

    def _put_into_groups(self):
        office = self.office
        self.round_id = office.ask(programmes.rounds)[0].id
        ids = list(self.people.values())
        answers = {n: int(n < 13) for n in range(1, 21)}
        sheets = [Answers(i, DAY, answers) for i in ids]
        office.do(screening.record_many, self.round_id, sheets)
        decided = [Decided(i, "sociotherapy", "adult") for i in ids]
        office.do(screening.decide_many, self.round_id, decided)
        problem = office.ask(eligible.instance, self.round_id)
        solved = solver.solve(problem, Random(1))
        proposal = office.do(proposing.propose, self.round_id, problem, solved, 1)
        office.do(proposing.accept, proposal, 1, date(2026, 3, 9))


def printed():
    """A certificate for everybody of the list."""
    one = Printable(
        "MU-L1-2026A-0212", "", "Sociotherapy", 13, 15, date(2026, 3, 1), date(2026, 6, 29), date(2026, 7, 3),
        "Musanze", "CBS1:X", date(2026, 11, 16), "F",
    )  # fmt: skip
    signer = Signer("NIYONKURU Aimable", "Director")
    look = Look(design="imigongo")
    sheet = certificates.PrintSettings("Akarere ka Musanze", (signer,), look)
    return certificates.render([replace(one, name=clean(name)) for name in KEPT], sheet)


def text_of(content):
    with pypdfium2.PdfDocument(content) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def bare(text):
    """Composed and without blanks: a long name is broken over lines."""
    for (
        hyphen
    ) in "\ufffe\u2010\u2011":  # at the end of a line, and those of typesetting
        text = text.replace(hyphen, "-")
    return "".join(unicodedata.normalize("NFC", text).split())


def cells_of(content):
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    rows = (row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python())  # fmt: skip
    return {cell for row in rows for cell in row}


def formulas(content):
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        pages = [n for n in book.namelist() if n.startswith("xl/worksheets/")]
        return [n for n in pages if re.search(rb"<f[ >]|<hyperlink", book.read(n))]


@pytest.fixture(scope="module")
def world(office_template, module_home, tmp_path_factory):
    base = tmp_path_factory.mktemp("hostile")
    ignored = shutil.ignore_patterns("*.lock", "*-shm")
    folder = shutil.copytree(office_template, base / "office", ignore=ignored)
    office = Office.open(folder, "coordinator", PASSWORD, Calendar(DAY))
    yield World(office, base)
    office.close()


@pytest.mark.parametrize(("name", "kind"), REFUSED.items(), ids=map(ascii, range(len(REFUSED))))  # fmt: skip
def test_what_is_no_name_is_refused_with_a_sentence(world, name, kind):
    with pytest.raises(Invalid) as refused:
        world.office.do(actions.register, world.details(name))
    (fault,) = refused.value.faults
    said = say_fault(fault)
    assert (fault.field, fault.kind) == ("own_name", kind)
    assert said != "Please check this." and said in say(refused.value).what
    assert "\u202e" not in said and len(said) < 200


@pytest.mark.parametrize("name", KEPT, **IDS)
def test_a_name_is_kept_and_shown_letter_by_letter(world, name):
    shown = unicodedata.normalize("NFC", " ".join(name.split()))
    person = world.people[name]
    assert world.rows[person].name == shown
    record = world.office.ask(overview.record, person)
    assert record.row.name == shown and record.row.group
    assert f"Registered {shown}" in [one.done for one in world.office.ask(overview.history, person)]  # fmt: skip
    for what, text in world.papers.items():
        assert bare(shown) in text, what


@pytest.mark.parametrize("name", KEPT, **IDS)
def test_a_name_finds_its_person_and_is_never_syntax(world, name):
    found = [row.id for row in world.office.ask(overview.roster, name, most=500).rows]
    offered = world.office.ask(overview.find_people, name, 500)
    assert world.people[name] in found
    assert {one.id for one in offered} <= set(found)
    assert len(offered) == min(len(found), 200)


@pytest.mark.parametrize("name", REFUSED, ids=map(ascii, range(len(REFUSED))))
def test_nothing_that_is_searched_for_breaks_the_search(world, name):
    if not fold(name[:200]):
        return
    world.office.ask(overview.roster, name[:200])
    assert isinstance(world.office.ask(overview.find_people, name[:200]), list)


def test_home_and_the_groups_are_read_with_all_of_them(world):
    counted = world.office.ask(overview.by_state)
    assert counted["in group"] == len(KEPT) and world.office.ask(overview.today)
    assert len(world.papers) == 5


def imported(world, path, year):
    """The lines of a sheet of all names; those without faults are entered."""
    sheet = read(path)
    mapping = importing.guess(sheet.header)
    lines = importing.read(sheet.rows, mapping, sheet.first_row, DAY)
    faults = world.office.ask(arriving.import_check, lines)
    good = importing.without_faults(lines, faults)
    numbers = world.office.do(actions.import_people, good)
    return sheet, lines, faults, numbers


def as_sheet_reads(name):
    """A cell as it is taken: blanks single, unseen signs out, the quote by which a spreadsheet marks text off."""
    seen = "".join(sign for sign in name if unicodedata.category(sign) != "Cf")
    return clean(seen.strip().removeprefix("'"))


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_names_of_a_sheet_are_taken_as_they_are_or_named_row_by_row(
    world, tmp_path, kind
):
    year = {"xlsx": 1970, "csv": 1971}[kind]
    names = [n for n in (*KEPT, *REFUSED) if not re.search("[\x00-\x08\x0b-\x1f\ud800\uffff]", n)]  # fmt: skip
    rows = [(name[:30_000], "F", year, "Musanze", "Muhoza") for name in names]
    path = tmp_path / f"names.{kind}"
    if kind == "xlsx":
        path.write_bytes(xlsx([SheetPage("People", HEAD, rows)]))
    else:
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([HEAD, *rows])
    sheet, lines, faults, numbers = imported(world, path, year)
    wrong = {fault.row for fault in faults}
    taken = {line.row: line.details.own_name for line in lines if line.row not in wrong}
    for row, name in enumerate(names, 2):
        if row in taken:
            assert taken[row] == as_sheet_reads(name), name
        else:
            said = [say_fault(one, named=True) for one in faults if one.row == row]
            assert said and all(f"Row {row}" in one for one in said), ascii(name)
    assert len(taken) == len(numbers) >= len(KEPT) - 8
    kept = {row.name for row in world.office.ask(overview.roster, most=1_000).rows}
    assert set(taken.values()) <= kept
    for content in (
        import_documents.left_out(sheet, faults),
        import_documents.results(sheet, outcomes.outcomes(lines, faults, numbers, [])),
    ):
        assert formulas(content) == [] and cells_of(content)


def test_exported_names_are_text_and_never_a_formula(world):
    names = [clean(name) for name in KEPT]
    entries = [
        RegisterEntry(
            number="MU-1", name=name, group=name, issued_on=DAY, code="CBS1:X", withdrawn_on=None, shared=True
        )
        for name in names
    ]  # fmt: skip
    content = register_sheet(entries)
    assert formulas(content) == [] and set(names) <= cells_of(content)


def test_names_stand_in_no_file_of_the_office_and_in_no_output(world, capfd):
    marked = [name.encode() for name in KEPT if len(name) > 12 and name.isascii()]
    for file in (world.folder / "office").rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            assert not [name for name in marked if name in content], file.name
    world.office.ask(overview.roster, "<img src=x")
    out, error = capfd.readouterr()
    assert not out and not error


@pytest.fixture
def shown(world, qtbot, dressed, settle):
    """The window over the office of all names, at work."""
    from ui.desk import Desk
    from ui.main_window import MainWindow

    desk = Desk(world.office)
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.closeEvent = lambda event: event.accept()
    window.resize(1366, 728)
    window.show()

    def open_place(word):
        window.open(word)
        settle(desk)
        return window._pages[word]

    yield window, desk, open_place
    desk.close()


def plain(widget):
    """All words of a widget; each label shows them as plain text and its tip shows no markup of them."""
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QLabel

    labels = widget.findChildren(QLabel)
    for each in labels:
        assert each.textFormat() is Qt.TextFormat.PlainText or not each.text()
        assert "<b>KEZA" not in each.toolTip() and "<img" not in each.toolTip()
    return {each.text() for each in labels}


def test_screens_show_names_as_plain_text(world, shown, settle):
    from PySide6.QtCore import Qt

    _window, desk, open_place = shown
    page = open_place("participants")
    wanted = {clean(name) for name in KEPT}
    model = page.table.model()
    told = {
        str(model.data(model.index(row, column), Qt.ItemDataRole.DisplayRole))
        for row in range(model.rowCount())
        for column in range(model.columnCount())
    }
    assert wanted & told  # a page of the list; the rest is fetched while scrolling
    for name in KEPT:
        record = world.office.ask(overview.record, world.people[name])
        page.person.show_record(record)
        assert clean(name) in plain(page.person)
    settle(desk)
    for word in ("home", "groups", "certificates", "attendance", "facilitators"):
        plain(open_place(word))


def test_a_dialog_names_the_person_as_typed(world, shown, settle):
    from ui.participants.consents import ConsentDialog

    _window, desk, open_place = shown
    page = open_place("participants")
    for name in ("<b>KEZA</b>", "[*]KEZA", "{who}", "&KEZA"):
        record = world.office.ask(overview.record, world.people[name])
        page.person.show_record(record)
        dialog = ConsentDialog(page.person._screen, record)
        dialog.show()
        settle(desk)
        assert any(name in text for text in plain(dialog))
        assert name in dialog.windowTitle().replace("[*][*]", "[*]")
        dialog._typed = False
        dialog.reject()


def test_the_palette_offers_names_as_typed(world, shown, settle):
    from ui.commands import CommandPalette

    window, _desk, _open = shown
    palette = CommandPalette(window, [])
    for name in filter(lambda name: len(fold(name)) > 3, KEPT):
        palette._line.setText(name)
        offered = world.office.ask(overview.find_people, name, 500)
        assert len(offered) == 200 or clean(name) in {one.name for one in offered}
        palette.show_people(offered)
        texts = [palette._list.item(i).text() for i in range(palette._list.count())]
        assert all(any(t.startswith(one.name) for t in texts) for one in offered)
    palette.reject()


@pytest.mark.parametrize("name", ["<b>KEZA</b>", "{who}", "%s", "KEZA"])
def test_the_crash_page_tells_no_name(world, shown, capfd, name):
    window, _desk, _open = shown
    try:
        raise ValueError(f"cannot draw {name}")
    except ValueError as problem:
        window.show_crash(problem)
    texts = " ".join(plain(window._crash))
    assert "ValueError" in texts and name not in texts
    out, error = capfd.readouterr()
    assert name not in out + error


@pytest.mark.parametrize(
    "name", [n for n in REFUSED if len(n) < 100 and "\ud800" not in n], ids=ascii
)
def test_the_form_says_under_the_field_what_is_no_name(world, shown, settle, name):
    from ui.participants.form import PersonForm

    _window, desk, open_place = shown
    form = PersonForm(open_place("participants"), None)
    form.show()
    place = (world.place, "Musanze")
    form._form.show_values({"own_name": name, "sex": "F", "place_id": place})
    before = world.office.ask(overview.by_state)
    form.finish()
    settle(desk)
    assert form.isVisible() and form._form._faults["own_name"].text()
    assert world.office.ask(overview.by_state) == before
    form._typed = False
    form.reject()


@pytest.mark.parametrize("name", ["<b>ZUBA</b>", "{zuba}", "=2+5", "&zuba %s", "ZÚBA’S"])  # fmt: skip
def test_the_form_registers_the_rest_as_typed(world, shown, settle, name):
    from ui.participants.form import PersonForm

    window, desk, open_place = shown
    page = open_place("participants")
    form = PersonForm(page, None)
    form.show()
    place = (world.place, "Musanze")
    form._form.show_values({"own_name": name, "sex": "M", "place_id": place, "born_year": 2001})  # fmt: skip
    form.finish()
    settle(desk)
    if shiboken6.isValid(form) and form.isVisible():  # somebody alike was looked at
        form.finish()
        settle(desk)
    assert page.person.record.row.name == name and name in plain(page.person)
    assert any(f"Registered {name}" in text for text in plain(window))
