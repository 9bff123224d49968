"""From the printer and back: printed, marked by pen, photographed, read in the child, looked through, accepted."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from PIL import Image
from PySide6.QtCore import Qt

from cbs_desktop.attendance import queries as grids
from cbs_desktop.scans import actions, arriving, papers, queries
from cbs_desktop.scans.actions import AcceptedPage
from cbs_desktop.scans.queries import RegisterChoice
from tests.scans import marked

STARTS = date(2026, 3, 9)
LETTERS = "PPLPAPPEPPPPA"


@pytest.fixture
def group(grouped, calendar):
    (made,) = grouped(13)
    calendar.day = STARTS + timedelta(days=22)  # four sessions are due
    return made


@pytest.fixture
def come_back(office, round_id, group, tmp_path):
    """Print and mark; the files, with the code and page of each."""

    def make(letters, **choice):
        choice = RegisterChoice(**choice)
        made = papers.registers(office, round_id, choice, ("rw", "fr"))
        office.do(actions.print_registers, made.noted, ("rw", "fr"))
        pages = [page for _code, page in made.noted]
        found = []
        photos = marked.pictures(made.content, pages, [letters] * len(pages))
        for (code, page), photo in zip(made.noted, photos, strict=True):
            file = tmp_path / f"{code}.jpg"
            file.write_bytes(photo)
            found.append((file, code, page))
        return found

    return make


def assessed(office, file):
    (page,) = file.pages
    return office.ask(queries.assessed, page, file.digest, {})


def marks(office, group, column=0):
    return "".join(row.marks[column] for row in office.ask(grids.grid, group).rows)


@pytest.mark.parametrize("degrees", [0, 90, 180, 4])
def test_a_page_comes_back_as_it_was_marked(office, group, come_back, degrees):
    ((file, code, _page),) = come_back(dict(enumerate(LETTERS)), first=1)
    file.write_bytes(marked.turned(file.read_bytes(), degrees))
    found = assessed(office, arriving.arrive(file))
    assert found.read.code.page == code and found.findings.is_clear, found.findings
    taken = AcceptedPage(
        code, tuple(found.findings.marks({})), found.file, 1, found.read.image
    )
    office.do(actions.accept_register, taken)
    assert marks(office, group) == LETTERS
    assert len(found.read.image) < 120_000  # a season of them stays small


def test_four_weeks_side_by_side(office, group, come_back):
    said = {
        (row, column): "PLEA"[(row + column) % 4]
        for row in range(13)
        for column in range(4)
    }
    ((file, _code, _page),) = come_back(said, first=1, weeks=4)
    found = assessed(office, arriving.arrive(file))
    assert found.findings.is_clear, found.findings
    wanted = {(cell.row, cell.column): cell.letter for cell in found.findings.cells}
    assert wanted == said


def test_several_pages_in_one_pdf_and_a_whole_folder(
    office, group, come_back, tmp_path
):
    files = come_back(dict.fromkeys(range(13), "P"), first=1)
    files += come_back(dict.fromkeys(range(13), "A"), first=2)
    pictures = [Image.open(BytesIO(file.read_bytes())) for file, _code, _page in files]
    folder = tmp_path / "scans"
    folder.mkdir()
    pictures[0].save(
        folder / "two.pdf", save_all=True, append_images=pictures[1:], resolution=200
    )
    (folder / "notes.txt").write_text("no picture")
    (path,) = arriving.files_in([folder])
    arrived = arriving.arrive(path)
    assert [page.code.page for page in arrived.pages] == [
        code for _f, code, _p in files
    ]
    assert [page.file_page for page in arrived.pages] == [1, 2]


def test_a_page_without_its_codes_is_read_by_the_typed_one(office, group, come_back):
    ((file, code, page),) = come_back(dict(enumerate(LETTERS)), first=1)
    picture = Image.open(BytesIO(file.read_bytes()))
    from cbs_desktop.scans.layout import page_layout

    for rect in page_layout(page.shape).codes:
        box = [
            round(one * marked.DOTS) for one in (rect.x, rect.y, rect.right, rect.low)
        ]
        picture.paste("white", tuple(box))
    file.write_bytes(marked.as_jpeg(picture))
    arrived = arriving.arrive(file)
    assert arrived.pages[0].problem == "no code"
    assert assessed(office, arrived).findings.refusal.kind == "no code"
    from cbs_desktop.scans.page_code import PageCode

    of = PageCode(page.shape, office.ask(queries.office_tag), code)
    again = arriving.again(file, of, 1)
    found = office.ask(queries.assessed, again, arrived.digest, {})
    letters = [cell.letter for cell in found.findings.cells]
    assert "".join(letters) == LETTERS


def test_from_files_to_marks_by_keyboard(
    office, group, come_back, window, desk, settle, qtbot
):
    """Two clear pages are two keys."""
    first = come_back(dict(enumerate(LETTERS)), first=1)
    ((other, _code, _page),) = come_back(dict.fromkeys(range(13), "P"), first=2)
    cat = other.with_name("cat.jpg")
    Image.effect_noise((900, 700), 90).convert("RGB").save(cat)
    window.open("registers")
    settle(desk)
    screen = window._pages["registers"]
    screen.take([first[0][0], other, cat])
    qtbot.waitUntil(lambda: len(screen._waiting) == 2, timeout=60_000)
    settle(desk)
    for _page in range(2):
        qtbot.keyClick(screen.review, Qt.Key.Key_Return)
        settle(desk)
    assert screen.accepted == 2 and marks(office, group) == LETTERS
    assert screen.review.refused._what.text()  # the cat
    qtbot.keyClick(
        screen.review, Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier
    )
    settle(desk)
    assert (
        "2 pages accepted" in screen._result.text()
        and "1 page left out" in screen._result.text()
    )
