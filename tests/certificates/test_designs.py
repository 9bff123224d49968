"""Every design in every language on real pages: one page each, nothing cut or on top of another, read back, codes decoded."""

import itertools
from base64 import b64encode
from dataclasses import replace
from datetime import date
from io import BytesIO
from math import pi, sin, sqrt

import pypdfium2
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from cbs_desktop.certificates import calibration, code, design_files, documents, wording
from cbs_desktop.certificates.design import PLACES, SIGNERS_MOST
from cbs_desktop.certificates.looks import Look
from cbs_desktop.certificates.rules import Printable, Signer
from cbs_desktop.errors import RuleBroken
from cbs_desktop.paper import colours, fonts, picture
from cbs_desktop.safe import sign

KEYS = [one.key for one in design_files.listed()]
PAIRS = [(one,) for one in wording.LANGUAGES] + list(
    itertools.permutations(wording.LANGUAGES, 2)
)
FACTS = code.CodeFacts(
    "MU-L1-2026A-0212", "MUKAMANA Alice", 13, 15, date(2026, 6, 29), date(2026, 7, 3)
)
CODE = code.make(
    FACTS,
    lambda message: sign.sign(bytes(range(32)), message),
    sign.public_of(bytes(range(32))),
)
ONE = Printable(
    "MU-L1-2026A-0212", "MUKAMANA Alice", "Sociotherapy", 13, 15, date(2026, 3, 1), date(2026, 6, 29), date(2026, 7, 3),
    "Musanze", CODE, date(2026, 11, 16), "F",
)  # fmt: skip
SIGNERS = (
    Signer("NIYONKURU Aimable", "Umuyobozi w’umushinga · Programme director"),
    Signer("MUKARUSINE Josée", "Uhagarariye Akarere · For the District"),
    Signer("HABIMANA Jean Pierre", "Umunyamabanga nshingwabikorwa w’umurenge"),
)
WIDE = 841.89
HIGH = 595.28
EDGE = 28  # no printer reaches further


def png(size, colour="#2A6"):
    buffer = BytesIO()
    Image.new("RGB", size, colour).save(buffer, "PNG")
    return buffer.getvalue()


LOGOS = tuple(
    b64encode(png(size)).decode() for size in ((60, 20), (30, 30), (50, 20), (20, 40))
)
FULL = {
    "funders": "Avec l’appui de l’Union européenne et du Royaume des Pays-Bas",
    "logos": LOGOS,
}


def page(design, one=ONE, signers=2, **look):
    sheet = documents.PrintSettings(
        "Akarere ka Musanze", SIGNERS[:signers], Look(design=design, **look)
    )
    return documents.render([one], sheet)


def boxes(content):
    """Left, bottom, right, top and words of each run of text."""
    with pypdfium2.PdfDocument(content) as document:
        assert len(document) == 1
        text = document[0].get_textpage()
        rects = [text.get_rect(i) for i in range(text.count_rects())]
        return [(*rect, text.get_text_bounded(*rect).strip()) for rect in rects]


def words_of(content):
    with pypdfium2.PdfDocument(content) as document:
        return " ".join(document[0].get_textpage().get_text_range().split())


def meet(one, other, slack=0.4):
    return (
        min(one[2], other[2]) - max(one[0], other[0]) > slack
        and min(one[3], other[3]) - max(one[1], other[1]) > slack
    )


def drawn(design, seal):
    """The seal, the code with its white edge, and the boxes of logos: nothing may stand on them."""
    made = design_files.design(design)
    seats = made.places[seal]
    edge = 4 * documents.QR_SIZE / 53
    x, y = seats.code
    yield (
        x - edge,
        y - edge,
        x + documents.QR_SIZE + edge,
        y + documents.QR_SIZE + edge,
        "code",
    )
    for x, y, wide, high in made.logos:
        yield x, y, x + wide, y + high, "logo"
    if seats.seal:
        (x, y), radius = seats.seal, made.seal[1]
        for turn in range(6):  # bars inside the circle that fill it nearly
            half = radius * sin(pi * (turn + 0.5) / 12)
            tall = sqrt(radius**2 - half**2)
            yield x - half, y - tall, x + half, y + tall, "seal"


def test_there_are_three_designs_and_all_can_be_used():
    assert {"imigongo", "guilloche", "agaseke"} <= set(KEYS)
    assert all(one.design and not one.problem for one in design_files.listed())


@pytest.mark.parametrize("design", KEYS)
@pytest.mark.parametrize("languages", PAIRS, ids="+".join)
def test_every_design_speaks_every_language(design, languages):
    shown = words_of(page(design, languages=languages))
    for language in languages:
        for key in ("heading", "presented"):
            assert wording.line(key, language, {}, "F").casefold() in shown.casefold()
        assert (
            wording.line("completed", language, {}, "F").format(attended=13, held=15)
            in shown
        )
        assert wording.day(ONE.began_on, language) in shown
        assert wording.line("duplicate", language, {}).format(day="16.11.2026") in shown
    for fact in (
        ONE.name,
        ONE.number,
        ONE.place,
        "03.07.2026",
        *(one.name for one in SIGNERS[:2]),
    ):
        assert fact in shown, fact


@pytest.mark.parametrize("design", KEYS)
@pytest.mark.parametrize("seal", PLACES)
@pytest.mark.parametrize("signers", range(1, SIGNERS_MOST + 1))
@pytest.mark.parametrize("languages", [("en",), ("fr", "rw")], ids="+".join)
def test_nothing_stands_on_anything_else_or_off_the_page(
    design, seal, signers, languages
):
    found = boxes(page(design, signers=signers, seal=seal, languages=languages, **FULL))
    things = list(drawn(design, seal))
    for one, other in itertools.combinations(things, 2):
        assert one[4] == other[4] == "seal" or not meet(one, other), (one, other)
    ring = {wording.line("seal", language, {}) for language in languages}
    for left, bottom, right, top, words in found:
        assert (
            left >= EDGE
            and bottom >= EDGE
            and right <= WIDE - EDGE
            and top <= HIGH - EDGE
        ), words
    found = [one for one in found if one[4] not in ring]  # those stand in the seal
    for one, other in [
        *itertools.combinations(found, 2),
        *itertools.product(found, things),
    ]:
        assert not meet(one, other), (one, other)


@pytest.mark.parametrize("design", KEYS)
@pytest.mark.parametrize(
    "name", ["W" * 120, "W" * 60 + " " + "M" * 59, "UWIMANA " * 14 + "UWIMANA", "Keza"]
)
def test_long_and_single_names_stand_between_the_lines_around_them(design, name):
    found = boxes(page(design, replace(ONE, name=name), languages=("rw", "fr"), **FULL))
    for one, other in itertools.combinations(
        [one for one in found if len(one[4]) > 1], 2
    ):
        assert not meet(one, other), (one, other)
    assert "".join(name.split()) in "".join("".join(one[4].split()) for one in found)


LETTERS = st.characters(codec="utf-8", categories=("Lu", "Ll"), max_codepoint=0x24F)


@settings(max_examples=25, deadline=None)
@given(
    name=st.text(st.one_of(LETTERS, st.sampled_from(" '-W")), min_size=1, max_size=120),
    design=st.sampled_from(KEYS),
)
def test_no_name_leaves_the_page(name, design):
    for left, bottom, right, top, words in boxes(
        page(design, replace(ONE, name=name), seal="none")
    ):
        assert (
            left >= EDGE
            and bottom >= EDGE
            and right <= WIDE - EDGE
            and top <= HIGH - EDGE
        ), words


@pytest.mark.parametrize("design", KEYS)
def test_the_code_is_read_from_a_scan_also_in_grey(design):
    with pypdfium2.PdfDocument(page(design, languages=("rw", "en"))) as document:
        image = document[0].render(scale=200 / 72).to_pil()
    for seen in (
        image,
        image.convert("L"),
        image.convert("L").convert("1", dither=Image.Dither.NONE),
    ):
        assert [one.text for one in zxingcpp.read_barcodes(seen)] == [CODE]


@pytest.mark.parametrize("design", KEYS)
def test_every_font_is_inside_the_file_which_names_title_and_language(design):
    reader = PdfReader(BytesIO(page(design, languages=("rn", "fr"))))
    found = {}

    def collect(resources):
        for font in resources.get("/Font", {}).values():
            made = font.get_object()
            found[made["/BaseFont"]] = made
        for form in resources.get("/XObject", {}).values():
            collect(form.get_object().get("/Resources", {}))

    collect(reader.pages[0]["/Resources"])
    assert len(found) >= 3 and all(
        "/FontFile2" in one["/FontDescriptor"] for one in found.values()
    )
    assert (
        reader.trailer["/Root"]["/Lang"] == "rn"
        and reader.metadata.title == "Icemezo · MU-L1-2026A-0212"
    )
    assert (
        "/Annots" not in reader.pages[0] and "/AcroForm" not in reader.trailer["/Root"]
    )


@pytest.mark.parametrize("design", KEYS)
def test_words_are_read_in_their_order(design):
    shown = words_of(page(design, languages=("en",), **FULL))
    wanted = [
        "certificate of completion",
        "presented to",
        "MUKAMANA",
        "who completed",
        "1 March",
        "NIYONKURU",
        "l’appui",
    ]
    places = [shown.casefold().index(one.casefold()) for one in wanted]
    assert places == sorted(places)


@pytest.mark.parametrize("design", KEYS)
def test_colours_of_words_can_be_read_in_black_and_white(design):
    made = design_files.design(design)
    words = {line.colour for line in made.lines} | {made.name.colour, "warm"}
    for palette in made.palettes:
        assert all(
            colours.shows(palette.colours[role])
            for role in words & palette.colours.keys()
        ), palette.key
        assert colours.contrast(palette.colours["pale"]) < 1.5  # a ground for words


@pytest.mark.parametrize("design", KEYS)
def test_a_grey_print_can_be_read(design):
    """The name and the small line at the foot have dark strokes on a light ground in grey as well."""
    content = page(design, languages=("rw", "en"))
    spots = {one[4]: one[:4] for one in boxes(content)}
    with pypdfium2.PdfDocument(content) as document:
        grey = document[0].render(scale=3).to_pil().convert("L")
    for words in ("MUKAMANA Alice", next(text for text in spots if ONE.number in text)):
        left, bottom, right, top = spots[words]
        low, high = grey.crop(
            (
                int(left * 3),
                int((HIGH - top) * 3),
                int(right * 3),
                int((HIGH - bottom) * 3),
            )
        ).getextrema()
        assert low < 120 and high > 225, words


@pytest.mark.parametrize("design", KEYS)
def test_preprinted_paper_gets_words_only_moved_by_the_offsets(design):
    plain = page(design, languages=("fr",), preprinted=True, **FULL)
    moved = page(design, languages=("fr",), preprinted=True, right=5, up=-3, **FULL)
    assert b"/Subtype /Image" not in plain
    step = 72 / 25.4
    before, after = (
        {one[4]: one for one in boxes(each)}["MUKAMANA Alice"]
        for each in (plain, moved)
    )
    assert after[0] - before[0] == pytest.approx(5 * step, abs=0.1)
    assert after[1] - before[1] == pytest.approx(-3 * step, abs=0.1)
    with pypdfium2.PdfDocument(plain) as document:
        image = document[0].render(scale=1).to_pil().convert("L")
    assert image.crop((0, 0, 842, 60)).getextrema()[0] > 250  # where the frame would be


def test_the_calibration_page_has_its_crosses_where_it_says():
    sheet = documents.PrintSettings("Musanze", (), Look(right=2, up=1))
    with pypdfium2.PdfDocument(calibration.calibration(sheet)) as document:
        assert len(document) == 1
        image = document[0].render(scale=4).to_pil().convert("L")
        assert (
            "2 mm to the right, 1 mm up" in document[0].get_textpage().get_text_range()
        )
    mm = 72 / 25.4 * 4
    assert image.getpixel((round(22 * mm), round(image.height - 21 * mm))) < 200
    assert image.getpixel((round(19 * mm), round(image.height - 19.4 * mm))) > 200


def test_signs_that_no_font_has_are_said_before_anything_is_printed():
    for name in ("KEZA 😀", "王", "KEZA ☮"):
        with pytest.raises(RuleBroken) as told:
            page("imigongo", replace(ONE, name=name))
        assert told.value.facts["who"] == name and told.value.facts["signs"]
    with pytest.raises(RuleBroken):
        page("imigongo", funders="with thanks 😀")


def test_every_latin_letter_of_the_world_has_a_glyph():
    import unicodedata

    letters = [
        chr(n)
        for n in (*range(0x41, 0x250), *range(0x1E00, 0x1F00))
        if unicodedata.category(chr(n))[0] == "L"
    ]
    assert set(fonts.missing("".join(letters), fonts.SERIF_BOLD, fonts.STRONG)) <= set(
        "ẚẜẝẟỺỻỼỽỾỿ"
    )  # medievalist
    assert fonts.choose("Ŋẽ", fonts.SERIF_BOLD, fonts.STRONG) == fonts.SERIF_BOLD
    assert fonts.choose("Ɓɓ", fonts.SERIF_BOLD, fonts.STRONG) == fonts.STRONG


def test_names_with_markup_are_words():
    shown = boxes(page("agaseke", replace(ONE, name="<b>KEZA</b> & Söhne")))
    assert any(one[4] == "<b>KEZA</b> & Söhne" for one in shown)


def test_a_form_for_a_sex_is_used_only_when_the_sex_is_known():
    lines = {sex: wording.line("completed", "fr", {}, sex) for sex in ("", "F", "M")}
    assert lines["F"].startswith("participante ") and lines["M"].startswith(
        "participant "
    )
    assert "participant" not in lines[""]
    assert (
        wording.line("completed", "fr", {"completed": "a suivi"}, "F") == "a suivi"
    )  # the office's own wins
    assert {wording.line("completed", "rw", {}, sex) for sex in ("", "F", "M")} == {
        wording.line("completed", "rw", {})
    }


@pytest.mark.parametrize(
    ("language", "first", "other"),
    [
        ("en", "1 May 2026", "16 November 2026"),
        ("fr", "1er mai 2026", "16 novembre 2026"),
        ("rw", "1 Gicurasi 2026", "16 Ugushyingo 2026"),
        ("rn", "1 Rusama 2026", "16 Munyonyo 2026"),
    ],
)
def test_days_are_written_as_the_language_writes_them(language, first, other):
    assert wording.day(date(2026, 5, 1), language) == first
    assert wording.day(date(2026, 11, 16), language) == other


@pytest.mark.parametrize("design", KEYS)
def test_a_page_more_costs_little(design):
    sheet = documents.PrintSettings(
        "Akarere ka Musanze", SIGNERS, Look(design=design, **FULL)
    )
    few, many = (len(documents.render([ONE] * n, sheet)) for n in (1, 61))
    assert (many - few) / 60 <= 1_500


def test_logos_are_drawn_and_looked_at():
    assert picture.clean(png((40, 20)))[:4] == b"\x89PNG"
    content = page("imigongo", languages=("en",), logos=LOGOS)
    assert content.count(b"/Subtype /Image") == len(LOGOS)
    with pypdfium2.PdfDocument(
        page("imigongo", signers=0, seal="none", logos=LOGOS[:2], languages=("en",))
    ) as document:
        image = document[0].render(scale=1).to_pil().convert("RGB")
    for x in (
        78,
        764,
    ):  # the first stands at the left end of its box, the second at the right end of the other
        assert image.getpixel((x, round(HIGH - 506))) == (34, 170, 102)
