"""A page as a printer makes it: 8 points for a millimetre, grey."""

from functools import cache

import fontpkg_fira_sans
import numpy as np
import zxingcpp
from PIL import Image, ImageDraw, ImageFont

from cbs_desktop.scans import page_code
from cbs_desktop.scans.layout import page_layout
from cbs_desktop.scans.markers import MARKERS, SIDE

DOTS = 8
_GIVEN = "Alice Jean Claude Marie Esperance Emmanuel Innocent Vestine Odette Gaspard Chantal Ferdinand Josiane".split()
_FAMILY = "MUKAMANA NDAYISABA UWIMANA HABIMANA NIYONZIMA UWASE BIZIMANA NTIRENGANYA KANYANA NDUWIMANA IRAKOZE".split()
_QUESTION = "Trouble sleeping at night in the last days|Feeling tired without a reason|Less pleasure in daily work|Headaches|Easily startled by small things"


@cache
def _font(size):
    from pathlib import Path

    folder = Path(fontpkg_fira_sans.__file__).parent
    file = next(folder.rglob("*Regular*.[ot]tf"))
    return ImageFont.truetype(str(file), size)


def printed(code, rng, blank=0):
    """The page of a code with invented names or questions; the last `blank` rows are for newcomers."""
    place = page_layout(code.shape)
    sheet = Image.new("L", (round(place.width * DOTS), round(place.height * DOTS)), 255)
    on = ImageDraw.Draw(sheet)
    for rect, marker in zip(place.corners, MARKERS, strict=True):
        _marker(on, rect, marker)
    for rect in place.codes:
        _code(sheet, rect, page_code.text(code))
    letters = page_code.short(code.page)
    _text(on, place.codes[0].x, place.codes[0].y + 21, letters, 28)
    title = place.title
    _text(on, title.x, title.y + 1, "Attendance register  ·  1 of 2", 28)
    _text(on, title.x, title.y + 7, f"Group {rng.integers(1, 40)}  Musanze", 50)
    _text(on, title.x, title.y + 16, "Facilitators: UWERA Diane, HAKIZIMANA Paul", 28)
    for head in place.heads:
        _text(
            on, head.x + 4, head.y + 1, f"Session {rng.integers(1, 16)}  29/06/2026", 26
        )
    _rows(on, place, rng, blank)
    for rect in (*place.counts, *place.days):
        _frame(on, rect, 1)
    return np.asarray(sheet)


def _rows(on, place, rng, blank):
    questions = _QUESTION.split("|")
    for row, (strip, label) in enumerate(zip(place.strips, place.labels, strict=True)):
        _line(on, strip.x, strip.y, strip.x + strip.width)
        _text(on, label.x + 1, label.y + 2, str(row + 1), 22)
        if row < place.shape.rows - blank:
            name = f"{rng.choice(_FAMILY)} {rng.choice(_GIVEN)}"
            said = name if place.shape.kind == "register" else rng.choice(questions)
            _text(on, label.x + 9, label.y + strip.height / 2 - 2.4, said, 32)
    last = place.strips[-1]
    _line(on, last.x, last.y + last.height, last.x + last.width)
    for box in place.boxes:
        _frame(on, box.rect, 2.5)
        letter = "PLEA123"[box.choice]
        _text(on, box.rect.x - 2.5, box.rect.y + box.rect.height / 2 - 1.4, letter, 20)


def _marker(on, rect, marker):
    side = rect.width / SIDE
    for down, line in enumerate(marker):
        for across, square in enumerate(line):
            if square == "#":
                x, y = rect.x + across * side, rect.y + down * side
                on.rectangle(
                    [round(x * DOTS), round(y * DOTS), round((x + side) * DOTS) - 1, round((y + side) * DOTS) - 1],
                    fill=0,
                )  # fmt: skip


def _code(sheet, rect, text):
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="Q")
    image = np.array(
        zxingcpp.write_barcode_to_image(code, scale=1, add_quiet_zones=False)
    )
    side = round(rect.width * DOTS)
    big = Image.fromarray(image).resize((side, side), Image.Resampling.NEAREST)
    sheet.paste(big, (round(rect.x * DOTS), round(rect.y * DOTS)))


def _frame(on, rect, width):
    """The middle of the line lies on the edge of the rectangle, as a PDF draws it."""
    left, top = rect.x * DOTS, rect.y * DOTS
    right, low = left + rect.width * DOTS, top + rect.height * DOTS
    half = width / 2
    for box in (
        (left - half, top - half, right + half, top + half),
        (left - half, low - half, right + half, low + half),
        (left - half, top - half, left + half, low + half),
        (right - half, top - half, right + half, low + half),
    ):
        x0, y0, x1, y1 = (round(each) for each in box)
        on.rectangle([x0, y0, max(x0, x1 - 1), max(y0, y1 - 1)], fill=0)


def _line(on, x, y, until):
    on.line(
        [round(x * DOTS), round(y * DOTS), round(until * DOTS), round(y * DOTS)],
        fill=0,
        width=1,
    )


def _text(on, x, y, said, size):
    on.text((round(x * DOTS), round(y * DOTS)), said, font=_font(size), fill=0)
