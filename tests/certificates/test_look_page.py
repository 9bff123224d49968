"""The design of certificates by its widgets: chosen, typed, seen at once, saved, taken back."""

from base64 import b64decode

import pytest
from PIL import Image

from cbs_desktop.certificates import looks, papers
from cbs_desktop.programmes import queries as programmes


@pytest.fixture
def place(window, desk, settle):
    window.resize(1092, 576)
    window.open("look")
    settle(desk)
    return window._pages["look"]


def type_in(place, key, value):
    made = place.form.form.inputs[key]
    made.show_value(value)
    if hasattr(made, "textEdited"):
        made.textEdited.emit(value)


def drawn(place, desk, settle):
    """Draw what is typed without the pause."""
    place._pause.stop()
    place._draw()
    settle(desk)
    return place.preview.content


def words_of(content):
    import pypdfium2

    with pypdfium2.PdfDocument(content) as document:
        return " ".join(document[0].get_textpage().get_text_range().split())


def stored(office, whose=looks.ALL):
    return office.ask(looks.looks)[whose]


def test_what_is_chosen_is_seen_at_once_and_counts_when_it_is_saved(
    place, desk, office, settle, qtbot
):
    assert "ICYEMEZO" in words_of(place.preview.content) and "DRAFT" in words_of(
        place.preview.content
    )
    for key, value in {
        "design": "agaseke",
        "first": "fr",
        "second": "",
        "seal": "left",
        "funders": "With thanks",
    }.items():
        type_in(place, key, value)
    qtbot.waitUntil(lambda: "With thanks" in words_of(place.preview.content))
    assert "Attestation de participation" in words_of(place.preview.content)
    assert stored(office).design == "imigongo" and place.unsaved()
    place.save()
    settle(desk)
    kept = stored(office)
    assert (kept.design, kept.languages, kept.seal, kept.funders) == (
        "agaseke",
        ("fr",),
        "left",
        "With thanks",
    )
    assert papers.sheet(office).look == kept and not place.unsaved()
    desk.office.undo()
    assert stored(office).design == "imigongo"


def test_words_are_changed_and_put_back(place, desk, office, settle):
    lines = place.form.words.lines
    lines.inputs["presented"].setText("Gihawe")
    lines.inputs["presented"].textEdited.emit("Gihawe")
    assert "Gihawe" in words_of(drawn(place, desk, settle))
    place.save()
    settle(desk)
    assert stored(office).wording == {"rw": {"presented": "Gihawe"}}
    place.form.words.choice.inputs["language"].show_value("en")
    assert lines.inputs["presented"].text() == "This certificate is presented to"
    place.form.words.choice.inputs["language"].show_value("rw")
    assert lines.inputs["presented"].text() == "Gihawe"
    place.form.words.reset()
    place.save()
    settle(desk)
    assert stored(office).wording == {} and "Iki cyemezo gihawe" in words_of(
        drawn(place, desk, settle)
    )


def test_what_is_wrong_is_said_under_its_field_and_nothing_is_kept(
    place, desk, office, settle
):
    type_in(place, "accent", "#FFFF99")
    type_in(place, "right", "much")
    place.form.words.lines.inputs["completed"].setText("who {knows}")
    place.form.words.lines.inputs["completed"].textEdited.emit("")
    before = place.preview.content
    assert drawn(place, desk, settle) == before and place._wrong.isVisible()
    place.save()
    settle(desk)
    assert (
        "darker" in place.form.form._faults["accent"].text()
        and "number" in place.form.form._faults["right"].text()
    )
    assert "{attended}" in place.form.words.lines._faults["completed"].text()
    assert stored(office).accent == ""


def test_a_programme_can_have_its_own(place, desk, office, settle):
    rules = office.ask(programmes.programmes)[0][1]
    place.whose.setCurrentIndex(place.whose.findData(rules.key))
    type_in(place, "design", "guilloche")
    place.save()
    settle(desk)
    assert papers.sheet(office, rules.title).look.design == "guilloche"
    assert papers.sheet(office).look.design == "imigongo"
    place.same_as_all()
    settle(desk)
    assert papers.sheet(office, rules.title).look.design == "imigongo"


def test_what_was_typed_for_one_is_there_again_after_looking_at_another(
    place, desk, settle
):
    type_in(place, "funders", "In progress")
    place.whose.setCurrentIndex(place.whose.findData(looks.TRAINING))
    assert place.form.look().funders == ""
    place.whose.setCurrentIndex(0)
    assert place.form.look().funders == "In progress"


def test_logos_are_added_and_taken_out(place, desk, office, settle, tmp_path):
    problems = []
    place.problem.connect(problems.append)
    for colour in ("red", "blue"):
        Image.new("RGBA", (3000, 1000), colour).save(tmp_path / "logo.png")
        place.form.logos.take(tmp_path / "logo.png")
        settle(desk)
    (tmp_path / "x.png").write_bytes(b"\x89PNG\r\n\x1a\n and nothing more")
    place.form.logos.take(tmp_path / "x.png")
    settle(desk)
    assert [fault.kind for problem in problems for fault in problem.faults] == [
        "not a picture"
    ]
    place.form.logos._take_out(0)
    place.save()
    settle(desk)
    (kept,) = stored(office).logos
    (tmp_path / "kept.png").write_bytes(b64decode(kept))
    with Image.open(tmp_path / "kept.png") as image:
        assert image.size == (800, 267) and image.getpixel((1, 1)) == (0, 0, 255)


def test_the_calibration_page_is_written(place, tmp_path, settle):
    type_in(place, "right", "1,5")
    place.write_calibration(tmp_path / "calibration.pdf")
    settle(place.desk)
    assert "1.5 mm to the right" in words_of(
        (tmp_path / "calibration.pdf").read_bytes()
    )


def test_only_who_sets_up_the_office_finds_it(place_of):
    with pytest.raises(KeyError):
        place_of("clerk", "look")
