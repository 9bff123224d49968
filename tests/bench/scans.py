"""G: a printed page from a photo to its marks."""

import time
from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
from figure import Figure, ratio, seconds
from PIL import Image

from cbs_desktop.scans import reader, reading
from cbs_desktop.scans.layout import PageShape
from cbs_desktop.scans.opening import picture_of
from cbs_desktop.scans.page_code import PageCode, new_page_id
from tests.scans.corpus import camera, pages, pens, printing

_TIMES = 9
_LARGEST = 3  # of camera.SIZES: 12 megapixels


def read(folder: Path) -> Figure:
    """G1: a photo of 12 megapixels to the marks on it, against decoding the same JPEG, both in this process."""
    content = _photo()

    def floor() -> float:
        return seconds(lambda: Image.open(BytesIO(content)).convert("RGB").load())

    def ours() -> float:
        return seconds(lambda: reader.page(picture_of(content), None))

    assert reader.page(picture_of(content), None)["boxes"]
    found, high, low = ratio(ours, floor, _TIMES)
    path = folder / "page.jpg"
    path.write_bytes(content)
    more = f"{1000 * high:.0f} ms against {1000 * low:.0f} ms; {_in_a_child(path):.2f} s through a child at hand"
    return Figure("a page photographed, to its marks", found, "×", 3.5, more)


def _in_a_child(path: Path) -> float:
    reading_time: list[float] = []
    for _time in range(3):
        reading.make_ready()
        time.sleep(1.0)
        reading_time.append(seconds(lambda: reading.read(path)))
    return min(reading_time)


def _photo() -> bytes:
    """A register of 18 people, photographed."""
    rng = np.random.default_rng(12)
    code = PageCode(PageShape("register", 18, 1, 4), "7KQ4", new_page_id())
    sheet = cv2.cvtColor(printing.printed(code, rng, 3), cv2.COLOR_GRAY2RGB)
    pages._marked(sheet, code, pens.Hand("tick", "blue", 0.5, 0.4, 1.0), rng, 3)
    return camera.photo(sheet, rng, shadow=True, size=_LARGEST, quality=85)
