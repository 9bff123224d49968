"""Printed registers, marked by a pen that is drawn onto the picture: the paper as it comes back, without a camera."""

from io import BytesIO

import pypdfium2
from PIL import Image, ImageDraw

from cbs_desktop.scans.layout import page_layout

DOTS = 200 / 25.4  # pixels of a millimetre
BLUE = (30, 40, 150)


def pictures(content, pages, letters):
    """The pages of a PDF as JPEG, marked: `letters` by row, or by (row, column), of each page."""
    document = pypdfium2.PdfDocument(content)
    found = []
    for paper, page, said in zip(document, pages, letters, strict=True):
        picture = paper.render(scale=200 / 72).to_pil().convert("RGB")
        mark(picture, page, said)
        found.append(as_jpeg(picture))
    return found


def mark(picture, page, said):
    """A cross into each box that is meant."""
    pen = ImageDraw.Draw(picture)
    order = page.head.marks.letters
    for box in page_layout(page.shape).boxes:
        wanted = said.get((box.row, box.column), said.get(box.row, ""))
        if order[box.choice] in wanted:
            cross(pen, box.rect)


def cross(pen, rect, width=5):
    """Two strokes that go a little over the edge."""
    left, top = (rect.x - 0.4) * DOTS, (rect.y - 0.3) * DOTS
    right, low = (rect.right + 0.5) * DOTS, (rect.low + 0.2) * DOTS
    pen.line((left, top, right, low), BLUE, width)
    pen.line((left, low, right, top), BLUE, width)


def dot(pen, rect):
    """So little ink that nobody can be sure."""
    x, y = rect.middle
    x, y = x * DOTS, y * DOTS
    pen.line((x - 7, y, x + 7, y), BLUE, 3)


def as_jpeg(picture):
    made = BytesIO()
    picture.save(made, "JPEG", quality=85)
    return made.getvalue()


def turned(content, degrees):
    """The same picture, lying otherwise."""
    picture = Image.open(BytesIO(content))
    return as_jpeg(picture.rotate(degrees, expand=True, fillcolor="white"))
