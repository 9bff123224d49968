"""Looks: what is kept, what is refused, pictures that are traps, and words with braces."""

import struct
import zlib
from base64 import b64decode, b64encode
from datetime import date
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from cbs_desktop import settings as office_settings
from cbs_desktop.certificates import looks, papers, wording
from cbs_desktop.certificates.looks import ALL, Look
from cbs_desktop.errors import Invalid
from cbs_desktop.paper import colours, picture
from cbs_desktop.problems import say


def saved(image, kind="PNG", **how):
    buffer = BytesIO()
    image.save(buffer, kind, **how)
    return buffer.getvalue()


def chunk(kind, data):
    return (
        struct.pack(">I", len(data))
        + kind
        + data
        + struct.pack(">I", zlib.crc32(kind + data))
    )


def bomb(side=30_000):
    """A PNG that says it has so many points, in a few kB."""
    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    rows = zlib.compress(bytes(side + 1) * 200, 9)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", rows)
        + chunk(b"IEND", b"")
    )


def words_bomb():
    """A PNG with a compressed text of 20 MB in it."""
    told = PngImagePlugin.PngInfo()
    told.add(b"zTXt", b"Comment\x00\x00" + zlib.compress(bytes(20_000_000), 1))
    return saved(Image.new("RGB", (9, 9)), pnginfo=told)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (bomb(), "too many points"),
        (bomb(5_100), "too many points"),
        (words_bomb(), "not a picture"),
        (
            b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
            "drawing",
        ),
        (b"GIF89a" + bytes(40), "not a picture"),
        (b"\x89PNG\r\n\x1a\n and nothing more", "not a picture"),
        (b"\xff\xd8\xff\xe0" + bytes(100), "not a picture"),
        (b"", "not a picture"),
        (b"\x89PNG\r\n\x1a\n" + bytes(picture.BYTES_MOST), "picture too big"),
    ],
    ids=["bomb", "large", "words", "script", "gif", "cut", "cut jpeg", "empty", "big"],
)
def test_what_is_no_plain_picture_is_refused_in_words(content, kind):
    with pytest.raises(Invalid) as told:
        picture.clean(content)
    assert [fault.kind for fault in told.value.faults] == [kind] and "Logos: " in str(
        say(told.value)
    )


def test_four_colour_photographs_and_turned_ones_are_taken_and_nothing_else_is_kept():
    turned = Image.new("RGB", (40, 20), "red").getexif()
    turned[0x0112], turned[0x010E] = 6, "who and where"
    for content, size in (
        (saved(Image.new("CMYK", (2000, 1000), (0, 255, 255, 0)), "JPEG"), (800, 400)),
        (saved(Image.new("RGB", (40, 20), "red"), "JPEG", exif=turned), (20, 40)),
        (saved(Image.new("I;16", (30, 30), 65_535)), (30, 30)),
        (saved(Image.new("P", (30, 30))), (30, 30)),
    ):
        kept = picture.clean(content)
        with Image.open(BytesIO(kept)) as image:
            assert (
                image.mode == "RGB"
                and image.size == size
                and not image.getexif()
                and not image.info.keys() - {"jfif"}
            )
        assert b"who and where" not in kept


def test_what_can_be_seen_through_is_white_paper():
    with Image.open(
        BytesIO(picture.clean(saved(Image.new("RGBA", (9, 9), (0, 0, 0, 0)))))
    ) as image:
        assert image.getpixel((4, 4)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("field", "value", "kind"),
    [
        ("design", "never", "not a choice"),
        ("palette", "never", "not a choice"),
        ("accent", "red", "not a colour"),
        ("accent", "#FFEE99", "too pale"),
        ("languages", (), "not a choice"),
        ("languages", ("rw", "rw"), "not a choice"),
        ("languages", ("sw",), "not a choice"),
        ("seal", "above", "not a choice"),
        ("right", 21, "outside"),
        ("up", "high", "not a number"),
        ("funders", "x" * 161, "too long"),
        ("funders", "a\u202eb", "hidden sign"),
        ("logos", ("QUJD",), "not a picture"),
        ("logos", ("no base64!",), "not a picture"),
        ("logos", ("QUJD",) * 5, "too many"),
        ("wording", {"en": {"completed": "{who}"}}, "braces"),
        ("wording", {"en": {"completed": "{attended.real}"}}, "braces"),
        ("wording", {"en": {"completed": "{attended:>99999999}"}}, "braces"),
        ("wording", {"en": {"heading": "{"}}, "braces"),
        ("wording", {"en": {"secret": "x"}}, "unknown key"),
        ("wording", {"en": {"heading": "x" * 121}}, "too long"),
        ("wording", {"xx": {"heading": "x"}}, "not a choice"),
    ],
)
def test_a_look_with_a_fault_is_refused_and_nothing_changes(office, field, value, kind):
    before = office.ask(looks.looks)
    with pytest.raises(Invalid) as told:
        office.do(looks.set_look, ALL, Look(**{field: value}))
    assert kind in [fault.kind for fault in told.value.faults]
    assert str(say(told.value)) and office.ask(looks.looks) == before


def test_a_look_is_kept_whole_and_taken_back(office):
    logo = b64encode(saved(Image.new("RGB", (30, 10), "red"))).decode()
    look = Look(
        "agaseke",
        "night",
        "#8C3B22",
        ("fr",),
        "none",
        " With  thanks ",
        True,
        -1.5,
        2,
        (logo,),
        {"fr": {"heading": "Brevet"}},
    )
    office.do(looks.set_look, "training", look)
    kept = office.ask(looks.looks)["training"]
    assert (kept.funders, kept.right, kept.wording, kept.design) == (
        "With thanks",
        -1.5,
        {"fr": {"heading": "Brevet"}},
        "agaseke",
    )
    assert b64decode(kept.logos[0])[:4] == b"\x89PNG" and ALL in office.ask(looks.looks)
    office.do(looks.set_look, "training", kept)
    assert office.ask(looks.looks)["training"] == kept  # a picture is not pressed twice
    office.undo()
    office.undo()
    assert "training" not in office.ask(looks.looks)


def test_the_settings_of_an_earlier_version_are_the_first_look(office):
    office.do(looks.set_look, ALL, None)
    assert papers.sheet(office).look.languages == ("rw", "en")
    from sqlalchemy import text

    with office._writer.connect() as link, link.begin():
        link.execute(
            text(
                "INSERT INTO setting (key, value) VALUES ('certificate languages', '\"rn+fr\"'), ('logo', '\"QUJD\"')"
            )
        )
    found = papers.sheet(office).look
    assert (found.languages, found.logos) == (("rn", "fr"), ("QUJD",))


def test_the_settings_cannot_be_set_past_the_look(office):
    for key in (
        "certificate looks",
        "certificate logos",
        "logo",
        "certificate languages",
    ):
        with pytest.raises(Invalid):
            office.do(
                office_settings.set_value, key, office_settings.DECLARED[key].default
            )


@given(st.text(max_size=30))
def test_braces_that_pass_can_be_filled_in(text):
    if not wording.faults({"en": {"completed": text}}):
        text.format(attended=1, held=2, programme="x")


def test_only_changed_lines_are_kept():
    lines = {
        "fr": {
            **wording.shipped("fr"),
            "heading": " Brevet  ",
            "completed_F": "",
            "presented": "",
        }
    }
    assert wording.tidy(lines) == {"fr": {"heading": "Brevet", "presented": ""}}


def test_every_language_has_every_line_and_twelve_months():
    for language in wording.LANGUAGES:
        own = wording.shipped(language)
        assert wording.LINES.keys() <= own.keys() and own.keys() - {
            "practice",
            "first",
        } <= set(wording.changeable())
        assert (
            len({wording.day(date(2026, month, 2), language) for month in range(1, 13)})
            == 12
        )
        assert (
            wording.faults(
                {
                    language: {
                        key: own[key] for key in own if key in wording.changeable()
                    }
                }
            )
            == []
        )


def test_contrast_is_that_of_the_standard():
    assert colours.contrast("#000000") == pytest.approx(21) and colours.contrast(
        "#FFFFFF"
    ) == pytest.approx(1)
    assert colours.contrast("#767676") == pytest.approx(4.54, abs=0.01)
