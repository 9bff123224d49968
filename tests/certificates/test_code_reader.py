"""Codes are found on spoilt pages; what is hostile is refused in words and in time."""

import struct
import time
import zlib
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from PIL import Image, ImageOps
from pypdf import PdfReader, PdfWriter
from pypdf.generic import FloatObject

from cbs_desktop import problems
from cbs_desktop.certificates import code_reader, papers, queries
from cbs_desktop.errors import Unreadable
from tests.certificates import scans


@pytest.fixture(scope="module")
def content(practice_template, module_home, tmp_path_factory):
    """Three certificates as a PDF, made once."""
    import shutil

    from cbs_desktop.office import Office

    folder = shutil.copytree(
        practice_template, tmp_path_factory.mktemp("read") / "office"
    )
    (folder / "office.lock").unlink(missing_ok=True)
    office = Office.open(folder, "coordinator", "practice")
    ids = [one.id for one in office.ask(queries.register)[:3]]
    made = papers.render(
        office, [one for _i, one in office.ask(queries.printable, ids)]
    )
    office.close()
    return made


def test_spoilt_pages_are_read(content):
    rng = Random(7)
    read = 0
    clean = list(scans.pages(content))
    for number in range(9):
        image, text, place = clean[number % 3]
        read += code_reader.in_picture(scans.spoilt(image, place, rng)) == [text]
    assert read >= 8  # of the whole: figure C2 of tests/bench/run.py


@pytest.mark.parametrize("corner", [0, 1, 2])
def test_a_lost_corner_is_drawn_anew(content, corner):
    image, text, (x, y, side) = next(scans.pages(content))
    left, top = (
        (
            x,
            y,
        )
        if corner == 0
        else (x + side * 0.8, y)
        if corner == 1
        else (x, y + side * 0.8)
    )
    image.paste(
        255,
        [round(v) for v in (left - 6, top - 6, left + side * 0.22, top + side * 0.22)],
    )
    assert code_reader.in_picture(image.rotate(3, expand=True, fillcolor=255)) == [text]


def test_a_photo_is_read_upside_down_dim_and_large(content, tmp_path):
    image, text, _place = next(scans.pages(content))
    dim = (
        ImageOps.expand(image, 300, 90)
        .point([v // 3 + 60 for v in range(256)])
        .rotate(180)
        .resize((4200, 3200))
    )
    dim.convert("RGB").save(tmp_path / "photo.jpg", quality=60)
    assert code_reader.find(tmp_path / "photo.jpg") == [text]


def test_a_scan_of_several_pages_is_read_in_order(content, tmp_path):
    found = [
        (image.rotate(1.5, fillcolor=255), text)
        for image, text, _place in scans.pages(content)
    ]
    found[1][0].save(
        tmp_path / "scan.pdf",
        save_all=True,
        append_images=[found[0][0]],
        resolution=200,
    )
    seen = []
    assert code_reader.find(tmp_path / "scan.pdf", lambda *done: seen.append(done)) == [
        found[1][1],
        found[0][1],
    ]
    assert seen[-1] == (2, 2)


def chunk(kind, data):
    return (
        struct.pack(">I", len(data))
        + kind
        + data
        + struct.pack(">I", zlib.crc32(kind + data))
    )


def png_bomb(side):
    rows = zlib.compressobj(9)
    body = (
        b"".join(rows.compress(bytes(1 + side // 8)) for _ in range(side))
        + rows.flush()
    )
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", body)
        + chunk(b"IEND", b"")
    )


def locked(content):
    writer = PdfWriter(BytesIO(content))
    out = BytesIO()
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


def huge_page(content):
    writer = PdfWriter()
    out = BytesIO()
    page = writer.add_page(PdfReader(BytesIO(content)).pages[0])
    page.mediabox.upper_right = (FloatObject(14_400), FloatObject(14_400))
    writer.write(out)
    return out.getvalue()


def blank_pages(count):
    writer = PdfWriter()
    out = BytesIO()
    for _ in range(count):
        writer.add_blank_page(842, 595)
    writer.write(out)
    return out.getvalue()


def jpeg(wide=800, high=600):
    out = BytesIO()
    Image.effect_noise((wide, high), 60).save(out, "JPEG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (lambda _c: b"", "empty file"),
        (lambda _c: b"GIF89a\0\0", "damaged"),
        (lambda _c: b"<svg xmlns='http://www.w3.org/2000/svg'/>", "damaged"),
        (lambda _c: png_bomb(30_000), "picture too big"),
        (lambda _c: jpeg()[:700], "damaged"),
        (lambda c: c[: len(c) // 3], "damaged"),
        (lambda _c: b"%PDF-1.7\n" + b"\0" * 5000, "damaged"),
        (lambda c: locked(c), "locked PDF"),
        (lambda c: huge_page(c), ""),
        (lambda _c: blank_pages(300), ""),
        (lambda _c: jpeg(), ""),
        (lambda _c: jpeg(2_600, 1_900), ""),
    ],
    ids=[
        "empty",
        "gif",
        "svg",
        "bomb",
        "cut JPEG",
        "cut PDF",
        "zeros",
        "locked",
        "huge page",
        "blank",
        "noise",
        "large noise",
    ],
)
def test_hostile_files_are_answered_in_words_and_in_time(content, tmp_path, make, kind):
    path = tmp_path / "given"
    path.write_bytes(make(content))
    start = time.process_time()
    if kind:
        with pytest.raises(Unreadable) as raised:
            code_reader.find(path)
        assert raised.value.facts["kind"] == kind and str(path.name) in str(
            problems.say(raised.value)
        )
    else:
        assert len(code_reader.find(path)) <= 1
    assert time.process_time() - start < 10


def test_a_missing_file_is_said():
    with pytest.raises(Unreadable):
        code_reader.find(Path("nowhere.png"))
