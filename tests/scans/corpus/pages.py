"""Pages with the truth about them: page `number` of a seed is always the same."""

from dataclasses import dataclass, field

import cv2
import numpy as np

from cbs_desktop.scans import page_code
from cbs_desktop.scans.layout import page_layout
from cbs_desktop.scans.page_code import PageCode
from tests.scans.corpus import camera, damage, pens, printing

UNCLEAR = -1  # nobody can tell: only a doubt is right
WAYS = (
    "scan", "photocopy", "photo", "small photo", "shadow", "fold", "curl", "thumb", "stamp", "coffee", "blur",
    "copy photographed",
)  # fmt: skip


@dataclass(frozen=True)
class Made:
    """A page as a file, with its code and what each row says in each column: a choice, None or UNCLEAR."""

    content: bytes
    code: PageCode
    truth: dict[tuple[int, int], int | None]
    kind: str
    way: str
    hand: pens.Hand
    notes: list[str] = field(default_factory=list)


def made(seed, number, largest=3):
    """Page `number` of a seed; `largest` is the largest of the camera's sizes."""
    rng = np.random.default_rng([seed, number])
    kind, shape = _shape(rng)
    code = PageCode(shape, "7KQ4", _page_id(rng))
    blank = int(rng.integers(0, 5)) if kind != "questionnaire" else 0
    grey = printing.printed(code, rng, min(blank, shape.rows - 1))
    sheet = cv2.cvtColor(grey, cv2.COLOR_GRAY2RGB)
    hand = pens.hand(rng)
    truth = _marked(sheet, code, hand, rng, blank)
    way = WAYS[number % len(WAYS)]
    return Made(_brought(sheet, way, rng, largest), code, truth, kind, way, hand)


def _page_id(rng):
    drawn = "".join(rng.choice(list(page_code.CODE_LETTERS), 8))
    return drawn + page_code._check_letter(drawn)


def _shape(rng):
    which = str(rng.choice(["register", "weeks", "questionnaire"], p=[0.5, 0.25, 0.25]))
    if which == "register":
        return which, printing.register(int(rng.integers(8, 21)), 1)
    if which == "weeks":
        rows = int(rng.integers(8, 19))
        return which, printing.register(rows, int(rng.integers(2, 5)))
    every = printing.form_pages()
    return which, every[rng.integers(len(every))].shape


def _marked(sheet, code, hand, rng, blank):
    """Marks of a hand in all rows; now and then one is taken back, doubled, or left out."""
    place = page_layout(code.shape)
    shape = code.shape
    room = (place.strips[0].height - place.boxes[0].rect.height) / 2
    chances = np.array([0.74, 0.1, 0.09, 0.07, 0.05, 0.05, 0.05][: shape.choices])
    if shape.kind == "questionnaire":
        chances = np.ones(shape.choices)
    truth = {}
    boxes = {(box.row, box.column, box.choice): box.rect for box in place.boxes}
    for row in range(shape.rows):
        for column in range(shape.columns):
            cell = row, column
            if row >= shape.rows - blank or rng.random() < 0.02:
                truth[cell] = None
                continue
            choice = int(rng.choice(shape.choices, p=chances / chances.sum()))
            truth[cell] = choice
            other = (
                int((choice + rng.integers(1, shape.choices)) % shape.choices)
                if shape.choices > 1
                else choice
            )
            chance = rng.random()
            if chance < 0.012 and other != choice:
                truth[cell] = _taken_back(
                    sheet, boxes, cell, choice, other, hand, rng, room
                )
                continue
            style = (
                None
                if rng.random() < 0.95
                else str(rng.choice(["tick", "cross", "slash"]))
            )
            pens.mark(sheet, boxes[row, column, choice], hand, rng, style, room)
            if 0.012 <= chance < 0.016 and other != choice:
                pens.mark(sheet, boxes[row, column, other], hand, rng, None, room)
                truth[cell] = UNCLEAR
    return truth


def _taken_back(sheet, boxes, cell, choice, other, hand, rng, room):
    """One box filled, as the page asks for, and another marked. Who fills all boxes cannot be understood."""
    pens.mark(sheet, boxes[*cell, other], hand, rng, None, room)
    pens.mark(sheet, boxes[*cell, other], hand, rng, "scribble", room)
    pens.mark(sheet, boxes[*cell, choice], hand, rng, None, room)
    return UNCLEAR if hand.style == "fill" else choice


def _brought(sheet, way, rng, largest):
    """The file that comes back."""
    if way == "scan":
        return camera.scan(sheet, rng)
    if way == "photocopy":
        return camera.scan(damage.photocopy(sheet, rng), rng)
    if way == "copy photographed":
        return camera.photo(damage.photocopy(sheet, rng), rng, largest=largest)
    if way == "small photo":
        return camera.photo(sheet, rng, size=0, quality=int(rng.integers(40, 75)))
    if way == "stamp":
        damage.stamp(sheet, rng)
    if way == "coffee":
        damage.coffee(sheet, rng)
    if way == "fold":
        sheet = damage.bent(sheet, rng, folds=int(rng.integers(1, 4)))
    if way == "curl":
        sheet = damage.bent(sheet, rng, curl=True)
    if way == "thumb":
        damage.thumb(sheet, rng)
    blur, motion = 0.0, 0.0
    if way == "blur":
        blur, motion = (
            (rng.uniform(0.1, 0.45), 0)
            if rng.random() < 0.5
            else (0, rng.uniform(0.2, 0.8))
        )
    shadow = way == "shadow" or rng.random() < 0.2
    return camera.photo(
        sheet, rng, shadow=shadow, blur=blur, motion=motion, largest=largest
    )
