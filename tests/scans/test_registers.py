"""Registers as they are printed: who and what stands on them, where, in which languages; and that each page is noted."""

from datetime import date, timedelta
from itertools import combinations

import pypdfium2
import pytest
import zxingcpp

from cbs_desktop.attendance import actions as attendance
from cbs_desktop.attendance import queries as grids
from cbs_desktop.attendance.session_record import SessionRecord
from cbs_desktop.errors import Invalid, RuleBroken
from cbs_desktop.groups import actions as groups
from cbs_desktop.programmes.marks import AttendanceMark, MarkSet
from cbs_desktop.scans import actions, documents, page_code, papers, queries, rules
from cbs_desktop.scans.layout import page_layout
from cbs_desktop.scans.page_code import PageCode
from cbs_desktop.scans.queries import RegisterChoice
from cbs_desktop.scans.rules import PageColumn, PagePerson, RegisterHead
from cbs_desktop.scans.wording import LANGUAGES, words

CANCELLED = SessionRecord("cancelled", setback="funeral")
STARTS = date(2026, 3, 9)
LONG = "MUKAMANA-NYIRANSABIMANA Vestine Immaculée Consolatrice de la Paix"
MARKS = MarkSet(
    (
        AttendanceMark("P", "came", "present", "présent", "yaje"),
        AttendanceMark("L", "came", "late", "en retard"),
        AttendanceMark("E", "excused", "excused"),
        AttendanceMark("A", "absent", "absent"),
    )
)
HEAD = RegisterHead(
    "Musanze office", "2026A", 1, "Muhoza 1", "Musanze › Muhoza", "school", ("KEZA Ida",), MARKS
)  # fmt: skip


def people(count):
    return [PagePerson(i, f"MU-{i:05}", f"PERSON{i:02} Ineza") for i in range(count)]


def columns(count):
    first = date(2026, 3, 9)
    weeks = [first + timedelta(weeks=n) for n in range(count)]
    return [PageColumn(n, n + 1, day, "Trust") for n, day in enumerate(weeks)]


def drawn(pages, languages=("rw", "fr")):
    coded = [
        documents.CodedPage(PageCode(one.shape, "7KQ4", page_code.new_page_id()), one)
        for one in pages
    ]
    return coded, documents.draw(coded, languages)


def texts(pdf):
    document = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_range() for page in document]


@pytest.mark.parametrize("weeks", [1, 2, 4])
@pytest.mark.parametrize("count", [0, 1, 13, 15, 16, 17, 18, 33, 60])
def test_everybody_stands_once_and_newcomers_have_room(count, weeks):
    pages = rules.pages(HEAD, columns(weeks), people(count))
    named = [one for page in pages for one in page.people]
    assert named == people(count)
    blank = sum(page.shape.rows - len(page.people) for page in pages)
    assert blank >= rules.BLANK_LEAST
    assert [page.part for page in pages] == list(range(1, len(pages) + 1))
    lengths = [len(page.people) for page in pages]
    assert max(lengths) - min(lengths) <= 1


@pytest.mark.parametrize("languages", list(combinations(LANGUAGES, 2)))
def test_a_page_says_it_in_both_languages(languages):
    pages = rules.pages(HEAD, columns(1), [PagePerson(1, "MU-00001", LONG)])
    (text,) = texts(drawn(pages, languages)[1])
    assert words("title", languages) in text and LONG in text and "MU-00001" in text
    for language in languages:
        assert words("mark", [language]) in text


@pytest.mark.parametrize("weeks", [1, 4])
def test_both_codes_and_the_typed_one_name_the_page(weeks):
    pages = rules.pages(HEAD, columns(weeks), people(15))
    (coded,), pdf = drawn(pages)
    (page,) = pypdfium2.PdfDocument(pdf)
    picture = page.render(scale=150 / 72, grayscale=True).to_pil()
    found = [one.text for one in zxingcpp.read_barcodes(picture)]
    assert found == [page_code.text(coded.code)] * 2
    assert page_code.parse(found[0]) == coded.code
    assert texts(pdf)[0].count(page_code.short(coded.code.page)) == 2


def test_boxes_are_white_inside_and_black_at_the_edge():
    """A photocopy has no greys, and what is read is ink."""
    pages = rules.pages(HEAD, columns(2), people(13))
    (coded,), pdf = drawn(pages)
    (page,) = pypdfium2.PdfDocument(pdf)
    scale = 200 / 25.4  # pixels a millimetre
    picture = page.render(scale=200 / 72, grayscale=True).to_pil()
    for box in page_layout(coded.code.shape).boxes:
        rect = box.rect
        edges = [round(one * scale) for one in (rect.x, rect.y, rect.right, rect.low)]
        x, y, right, low = edges
        inside = picture.crop((x + 4, y + 4, right - 4, low - 4))
        assert inside.getextrema() == (255, 255)
        frame = picture.crop((x - 2, (y + low) // 2, x + 3, (y + low) // 2 + 1))
        assert min(frame.tobytes()) < 60
    darks = picture.point(lambda one: 255 * (100 < one < 250)).histogram()[255]
    assert darks < picture.width * picture.height / 25  # the edges of letters alone


@pytest.fixture
def group(grouped, calendar):
    (made,) = grouped(13)
    calendar.day = STARTS + timedelta(days=8)
    return made


def write(office, round_id, tmp_path, choice, languages=("rw", "fr")):
    path = tmp_path / "registers.pdf"
    to = papers.Recipient()
    return papers.write_registers(office, round_id, choice, languages, path, to)


def test_this_weeks_register_is_noted_with_its_people(
    office, round_id, group, tmp_path
):
    made = write(office, round_id, tmp_path, RegisterChoice())
    ((code, page),) = made.noted
    grid = office.ask(grids.grid, group)
    assert [one.person_id for one in page.people] == [
        one.person_id for one in grid.rows
    ]
    assert [one.number for one in page.columns] == [2]
    with office._reader.connect() as link:
        kept = link.exec_driver_sql(
            "SELECT p.code, p.shape, p.group_id, p.letters, s.session_id, count(r.row)"
            " FROM printed_page AS p JOIN printed_session AS s ON s.page_id = p.id"
            " JOIN printed_row AS r ON r.page_id = p.id"
        ).one()
    shape = "R1.17.1.4"
    assert tuple(kept) == (code, shape, group, "P,L,E,A", grid.columns[1].id, 13)
    assert (tmp_path / "registers.pdf").read_bytes().startswith(b"%PDF")
    assert office.ask(queries.languages) == ("rw", "fr")


def test_printing_is_taken_back_by_undo(office, round_id, group):
    made = papers.registers(office, round_id, RegisterChoice(), ("en",))
    office.do(actions.print_registers, made.noted, ("en",))
    office.undo()
    with office._reader.connect() as link:
        for table in ("printed_page", "printed_row", "printed_session"):
            rows = link.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar()
            assert rows == 0


def test_who_left_or_comes_later_does_not_stand_on_it(office, round_id, group):
    first, second = office.ask(grids.grid, group).rows[:2]
    office.do(
        groups.remove, first.person_id, group, STARTS + timedelta(days=3), "other"
    )
    pages = office.ask(
        queries.to_print, round_id, RegisterChoice(frozenset({group}), 2)
    )
    named = [one.person_id for one in pages[0].people]
    assert first.person_id not in named and second.person_id in named
    pages = office.ask(
        queries.to_print, round_id, RegisterChoice(frozenset({group}), 1)
    )
    assert first.person_id in [one.person_id for one in pages[0].people]


def test_several_weeks_stand_side_by_side_and_cancelled_ones_do_not(
    office, round_id, group
):
    third = office.ask(grids.grid, group).columns[2].id
    office.do(attendance.record_session, third, CANCELLED)
    choice = RegisterChoice(first=2, weeks=6)
    pages = office.ask(queries.to_print, round_id, choice)
    numbers = [[one.number for one in page.columns] for page in pages]
    assert numbers == [[2, 4, 5, 6], [7]]


def test_nothing_to_print_and_strange_languages_are_said(office, round_id, group):
    with pytest.raises(RuleBroken):
        papers.registers(office, round_id, RegisterChoice(first=99), ("en",))
    for languages in ((), ("en", "fr", "rw"), ("xx",)):
        with pytest.raises(Invalid):
            papers.registers(office, round_id, RegisterChoice(), languages)
