"""What comes back that is no page, or not one page, or a trap: said in words, never a crash, never much memory."""

from io import BytesIO

import cv2
import numpy as np
import psutil
import pytest
from PIL import Image

from cbs_desktop.errors import Cancelled, Unreadable
from cbs_desktop.outside import readers
from cbs_desktop.problems import say
from cbs_desktop.scans import page_code
from cbs_desktop.scans.deciding import decide
from cbs_desktop.scans.layout import PageShape, page_layout
from cbs_desktop.scans.page_code import PageCode
from cbs_desktop.scans.reading import read
from tests.hostile import pictures
from tests.scans.corpus import camera, pages, pens, printing

CODE = PageCode(PageShape("register", 12, 1, 4), "7KQ4", "M2X94TBC" + page_code._check_letter("M2X94TBC"))  # fmt: skip
HAND = pens.Hand("cross", "blue", 0.5, 0.2, 1.0)


@pytest.fixture(scope="module")
def sheet():
    """A page with marks, and what they say."""
    rng = np.random.default_rng(14)
    drawn = cv2.cvtColor(printing.printed(CODE, rng), cv2.COLOR_GRAY2RGB)
    truth = pages._marked(drawn, CODE, HAND, rng, 3)
    return drawn, truth


@pytest.fixture
def seen(tmp_path):
    """What is read in a file of this content."""

    def look(content, name="page.jpg", **more):
        path = tmp_path / name
        path.write_bytes(content)
        return read(path, **more)

    return look


def jpeg(image, **more):
    out = BytesIO()
    Image.fromarray(image).save(out, "JPEG", **more)
    return out.getvalue()


def small(image):
    return cv2.resize(image, None, fx=0.6, fy=0.6, interpolation=cv2.INTER_AREA)


def problem(found):
    assert [page.boxes for page in found] == [()] * len(found)
    return [page.problem for page in found]


def refused(seen, content, name="page.jpg"):
    with pytest.raises(Unreadable) as raised:
        seen(content, name)
    assert name in str(say(raised.value))
    return raised.value.facts["kind"]


def says(page):
    return {cell: each.choice for cell, each in decide(page.boxes).items()}


def test_a_page_as_it_was_scanned(seen, sheet):
    (page,) = seen(jpeg(small(sheet[0])))
    assert (page.code, page.problem, page.markers) == (CODE, "", (0, 1, 2, 3))
    assert says(page) == {c: v for c, v in sheet[1].items() if v != pages.UNCLEAR} | {
        c: says(page)[c] for c, v in sheet[1].items() if v == pages.UNCLEAR
    }
    assert len(page.image) < 110_000
    assert Image.open(BytesIO(page.image)).size == (1260, 1782)


@pytest.mark.parametrize("turn", [1, 2, 3])
def test_upside_down_and_lying(seen, sheet, turn):
    upright = says(seen(jpeg(small(sheet[0])))[0])
    (page,) = seen(jpeg(np.rot90(small(sheet[0]), turn)))
    assert says(page) == upright


def test_as_the_camera_was_held(seen, sheet):
    exif = Image.Exif()
    exif[0x0112] = 6
    (page,) = seen(jpeg(np.rot90(small(sheet[0])), exif=exif))
    assert page.code == CODE


def test_mirrored(seen, sheet):
    assert problem(seen(jpeg(small(sheet[0])[:, ::-1]))) == ["mirrored"]


def test_two_pages_in_one_photo(seen, sheet):
    both = np.hstack([small(sheet[0])] * 2)
    assert problem(seen(jpeg(both))) == ["two pages"]


def test_the_edge_of_another_page_in_the_photo(seen, sheet):
    page = small(sheet[0])
    both = np.hstack([page[:, :130], page])
    both[600:, :130] = 120
    (found,) = seen(jpeg(both))
    assert found.code == CODE
    assert says(found) == says(seen(jpeg(page))[0])


def test_something_that_looks_like_a_marker(seen, sheet):
    page = small(sheet[0]).copy()
    marker = page[40:100, 40:100].copy()
    page[:140, :140] = 120  # a thumb
    page[900:960, 100:160] = marker
    (found,) = seen(jpeg(page))
    assert (found.code, found.markers) == (CODE, (1, 2, 3))


def test_the_same_page_twice_in_a_file(seen, sheet):
    out = BytesIO()
    page = Image.fromarray(small(sheet[0]))
    page.save(out, "PDF", save_all=True, append_images=[page], resolution=120)
    found = seen(out.getvalue(), "pages.pdf")
    assert [(page.file_page, page.code) for page in found] == [(1, CODE), (2, CODE)]
    assert says(found[0]) == says(found[1])


def test_a_thing_that_is_no_page(seen):
    cloth = np.random.default_rng(1).integers(0, 255, (1200, 1600, 3), np.uint8)
    cat = cv2.GaussianBlur(cloth, (0, 0), 3)
    assert problem(seen(jpeg(cloth))) == ["no page"]
    assert problem(seen(jpeg(cv2.normalize(cat, None, 0, 255, cv2.NORM_MINMAX)))) == ["no page"]  # fmt: skip


def test_nothing_but_a_blur(seen, sheet):
    assert problem(seen(jpeg(cv2.GaussianBlur(small(sheet[0]), (0, 0), 14)))) == ["blurred"]  # fmt: skip


def test_half_a_page(seen, sheet):
    half = small(sheet[0])[:900]
    half[:, :300] = 200
    half[:320, 700:] = 200
    assert problem(seen(jpeg(half)))[0] in ("cut off", "no page")


def test_an_unknown_layout(seen, sheet, monkeypatch):
    monkeypatch.setattr(page_code, "text", lambda code: "CBSP:R9.12.1.4:7KQ4:000000000")
    new = printing.printed(CODE, np.random.default_rng(2))
    found = seen(jpeg(small(cv2.cvtColor(new, cv2.COLOR_GRAY2RGB))))
    assert problem(found) == ["unknown version"]
    assert found[0].code is None and found[0].code_text.startswith("CBSP:R9")


def test_a_code_that_a_person_types(seen, sheet):
    blotted = small(sheet[0]).copy()
    for rect in page_layout(CODE.shape).codes:
        x, y, side = (round(each * 4.8) for each in (rect.x, rect.y, rect.width))
        blotted[y : y + side // 2, x : x + side] = 90
    (page,) = seen(jpeg(blotted))
    assert (page.problem, page.boxes, page.code) == ("no code", (), None)
    assert page.image
    (page,) = seen(jpeg(blotted), code=CODE, file_page=1)
    assert says(page) == says(seen(jpeg(small(sheet[0])))[0])


@pytest.mark.parametrize("rows, choices", [(12, 3), (11, 4), (10, 2)])
def test_a_typed_code_of_another_page(seen, sheet, rows, choices):
    """Its rows or boxes stand where this page has others: a person looks at every one."""
    other = PageCode(PageShape("register", rows, 1, choices), "7KQ4", CODE.page)
    blotted = small(sheet[0]).copy()
    for rect in page_layout(CODE.shape).codes:
        x, y, side = (round(each * 4.8) for each in (rect.x, rect.y, rect.width))
        blotted[y : y + side // 2, x : x + side] = 90
    (page,) = seen(jpeg(blotted), code=other, file_page=1)
    assert {box.state for box in page.boxes} == {"doubtful"}


def test_sixty_thousand_points_in_a_row(seen):
    assert problem(seen(pictures.png(60_000, 1, 8), "line.png")) == ["no page"]


@pytest.mark.parametrize(
    "content",
    [
        pictures.png(20_000, 10_000, 8),
        pictures.png(65_000, 65_000, 8, rows=b"x"),
        pictures.sized(20_000, 20_000),
        pictures.sized(14_000, 14_000),
    ],
    ids=["png", "larger png", "jpeg", "jpeg of 196 megapixels"],
)
def test_bombs(seen, content):
    assert refused(seen, content) == "pages too big"


def test_a_large_photo_takes_little_memory(seen, sheet, monkeypatch):
    monkeypatch.setattr(readers, "MEMORY_MOST", 450_000_000)
    large = cv2.resize(sheet[0], (6_000, 8_486), interpolation=cv2.INTER_LINEAR)
    (page,) = seen(jpeg(large, quality=60))
    assert page.code == CODE


def test_a_print_shops_colours(seen, sheet):
    out = BytesIO()
    Image.fromarray(small(sheet[0])).convert("CMYK").save(out, "JPEG")
    assert seen(out.getvalue())[0].code == CODE


@pytest.mark.parametrize("how", ["PNG", "TIFF", "WEBP"])
def test_other_kinds_of_pictures(seen, sheet, how):
    out = BytesIO()
    Image.fromarray(small(sheet[0])).save(out, how)
    assert seen(out.getvalue(), f"page.{how.lower()}")[0].code == CODE


def test_a_fax_in_black_and_white(seen, sheet):
    out = BytesIO()
    faxed = Image.fromarray(small(sheet[0])).convert("1")
    faxed.save(out, "TIFF", save_all=True, append_images=[faxed])
    assert [page.code for page in seen(out.getvalue(), "fax.tif")] == [CODE, CODE]


def test_files_that_are_none(seen, sheet):
    whole = jpeg(small(sheet[0]))
    assert refused(seen, whole[: len(whole) // 2]) == "damaged"
    assert refused(seen, b"") == "empty file"
    assert refused(seen, b"Dear colleague") == "no pages"
    assert refused(seen, b"%PDF-1.4\nnothing", "page.pdf") == "damaged"


def test_five_hundred_pages(seen):
    out = BytesIO()
    white = Image.new("1", (200, 200), 1)
    white.save(out, "PDF", save_all=True, append_images=[white] * 499)
    assert refused(seen, out.getvalue(), "pages.pdf") == "too many pages"


def test_a_reading_can_be_cancelled(seen, sheet):
    def stop(done, total):
        raise Cancelled()

    with pytest.raises(Cancelled):
        seen(jpeg(small(sheet[0])), progress=stop)
    assert psutil.Process().children() == []


def test_a_photo_from_a_corner_of_the_table(seen, sheet):
    found = seen(camera.photo(sheet[0], np.random.default_rng(5), shadow=True, size=1))
    assert found[0].code == CODE
