"""Questionnaires that are printed with codes and read back into a half-typed sheet; a risk question always goes to a person."""

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PIL import ImageDraw
from PySide6.QtCore import Qt

from cbs_desktop import resource
from cbs_desktop.errors import Invalid, Missing
from cbs_desktop.participants.queries import numbers
from cbs_desktop.scans import actions, arriving, forms, papers, queries
from cbs_desktop.scans.actions import AcceptedForm
from cbs_desktop.scans.layout import page_layout
from cbs_desktop.screening import instrument_store
from cbs_desktop.screening import queries as screening
from tests.scans import marked
from ui.scans.reading_page import WaitingPage

KEY = Qt.Key
FILE = "f" * 64


@pytest.fixture
def form(office):
    """Print a questionnaire; its pages and codes, and the PDF."""

    def make(key, person_id=0):
        made = papers.blank_form(office, key, person_id)
        office.do(actions.print_forms, made.noted)
        return made

    return make


def photo(made, answers, part=0):
    """The page with a cross for each answer, by the number of the question."""
    document = pypdfium2.PdfDocument(made.content)
    picture = document[part].render(scale=200 / 72).to_pil().convert("RGB")
    page = made.noted[part][1]
    pen = ImageDraw.Draw(picture)
    for box in page_layout(page.shape).boxes:
        item = page.items[box.row]
        if answers.get(item.number) == item.values[box.choice]:
            marked.cross(pen, box.rect)
    return marked.as_jpeg(picture)


@pytest.mark.parametrize("key", resource.names("instruments", ".toml"))
def test_every_questionnaire_fits_on_pages_that_say_it(office, form, key):
    made = form(key)
    instrument = instrument_store.instrument(key)
    assert forms.fits(instrument)
    texts = [
        page.get_textpage().get_text_range()
        for page in pypdfium2.PdfDocument(made.content)
    ]
    whole = " ".join(" ".join(texts).split())
    for item in instrument.items:
        assert item.topic["en"] in whole
    asked = [item.number for _code, page in made.noted for item in page.items]
    assert asked == [item.number for item in instrument.items]


def test_different_answers_cannot_be_read_back_and_are_typed(office):
    instrument = instrument_store.instrument("phq9")
    first, *rest = instrument.items
    odd = replace(first, answers=first.answers[:2])
    assert not forms.fits(replace(instrument, items=(odd, *rest)))


@pytest.mark.parametrize("key", ["srq20", "mspss", "pcl5"])
def test_answers_come_back_and_risk_is_shown(office, form, tmp_path, key):
    made = form(key)
    ((code, page),) = made.noted
    values = page.items[0].values
    answers = {item.number: values[item.number % len(values)] for item in page.items}
    file = tmp_path / "form.jpg"
    file.write_bytes(photo(made, answers))
    (read,) = arriving.arrive(file).pages
    found = office.ask(queries.assessed, read, FILE, {})
    assert found.findings.refusal is None and read.code.page == code
    said = {cell.person_id: int(cell.letter) for cell in found.findings.cells}
    assert said == answers
    shown = [cell.person_id for cell in found.findings.to_decide]
    assert shown == [item.number for item in page.items if item.risk]


def test_answers_are_kept_as_half_typed_and_pages_add_up(
    office, screened, round_id, form
):
    (person,) = screened(1)
    number = next(one for one, i in office.ask(numbers).items() if i == person)
    ((code, _page),) = form("srq20").noted
    office.do(actions.accept_form, AcceptedForm(code, number, {1: 1, 2: 0}))
    office.do(actions.accept_form, AcceptedForm(code, number.lower().upper(), {3: 1}))
    sheet = office.ask(screening.sheet, person, None, "srq20")
    assert dict(sheet.draft) == {1: 1, 2: 0, 3: 1}
    with pytest.raises(Invalid):
        office.do(actions.accept_form, AcceptedForm(code, "MU-77777", {1: 1}))
    with pytest.raises(Missing):
        office.do(actions.accept_form, AcceptedForm("000000000", number, {1: 1}))
    with office._reader.connect() as link:
        rows = "SELECT count(*) FROM page_picture"
        assert link.exec_driver_sql(rows).scalar() == 0  # answers have no second copy


def test_a_form_for_one_person_knows_whose_it_is(office, screened, form):
    (person,) = screened(1)
    made = form("who5", person)
    (text,) = [
        page.get_textpage().get_text_range()
        for page in pypdfium2.PdfDocument(made.content)
    ]
    ((code, _page),) = made.noted
    record = office.ask(queries.page_record, code)
    assert record.whose and record.whose in text and record.is_form


def test_another_version_of_the_questionnaire_is_refused(office, form, tmp_path):
    made = form("who5")
    ((code, page),) = made.noted
    newer = replace(page, form=replace(page.form, version=99))
    office.undo()
    office.do(actions.print_forms, ((code, newer),))
    file = tmp_path / "form.jpg"
    file.write_bytes(photo(made, {}))
    (read,) = arriving.arrive(file).pages
    found = office.ask(queries.assessed, read, FILE, {})
    assert found.findings.refusal.kind == "old questionnaire"


@pytest.mark.parametrize(("key", "risk"), [("srq20", 17), ("phq9", 9)])
def test_a_questionnaire_is_confirmed_by_keys_and_finished_in_screening(
    key, risk, office, screened, form, window, desk, settle, qtbot, tmp_path
):
    (person,) = screened(1)
    number = next(one for one, i in office.ask(numbers).items() if i == person)
    made = form(key)
    ((_code, page),) = made.noted
    answers = {item.number: 0 for item in page.items} | {2: 1, risk: 1}
    del answers[5]
    file = tmp_path / "form.jpg"
    file.write_bytes(photo(made, answers))
    (read,) = arriving.arrive(file).pages
    window.open("registers")
    settle(desk)
    screen = window._pages["registers"]
    screen._waiting.append(WaitingPage(Path("form.jpg"), FILE, read))
    screen._files = 1
    screen._show_next()
    settle(desk)
    review = screen.review
    assert (
        review.choices.current.person_id == risk and "always" in review.card._why.text()
    )
    assert not review.hand.counts and not review.newcomers.isVisible()
    qtbot.keyClick(review, KEY.Key_Return)
    assert review.choices.open  # Enter does not pass over the risk question
    qtbot.keyClick(review, KEY.Key_1)
    qtbot.keyClick(review, KEY.Key_Return)
    assert "number" in review.verdict.text() and review.whose.field.hasFocus()
    qtbot.keyClicks(review.whose.field, number)
    qtbot.keyClick(review.whose.field, KEY.Key_Return)
    qtbot.keyClick(review, KEY.Key_Return)
    settle(desk)
    assert screen.accepted == 1
    entry = window._pages["screening"].entry
    settle(desk)
    assert window._pages["screening"].isVisible()
    assert dict(entry.questions.answers) == answers
    assert entry._card_panel.isVisible()


def test_a_questionnaire_is_never_accepted_as_a_register(office, screened, form):
    """Its picture would be kept where everybody reads it."""
    ((code, _page),) = form("gad7").noted
    taken = actions.AcceptedPage(code, (), FILE, 1, b"picture")
    with pytest.raises(Missing):
        office.do(actions.accept_register, taken)
