"""What happens to a page of paper: copied, folded, curled, stamped, wetted with coffee, held by a thumb."""

import cv2
import numpy as np

from tests.scans.corpus.printing import DOTS


def photocopy(sheet, rng):
    """Grey, harder or paler, lines thicker or thinner, specks, a little larger and askew."""
    grey = cv2.cvtColor(sheet, cv2.COLOR_RGB2GRAY)
    soft = cv2.GaussianBlur(grey, (0, 0), rng.uniform(0.6, 1.3)).astype(np.float32)
    middle = rng.uniform(135, 200)
    hard = rng.uniform(0.04, 0.12)
    copied = 255 / (1 + np.exp(-(soft - middle) * hard))
    black = rng.uniform(10, 90)
    copied = black + copied * (255 - black) / 255
    high, wide = grey.shape
    specks = rng.integers(20, 500)
    xs, ys = rng.integers(0, wide, specks), rng.integers(0, high, specks)
    for x, y in zip(xs, ys, strict=True):
        cv2.circle(copied, (int(x), int(y)), int(rng.integers(1, 3)), float(black), -1)
    scale = rng.uniform(0.98, 1.02)
    turn = rng.uniform(-1.5, 1.5)
    matrix = cv2.getRotationMatrix2D((wide / 2, high / 2), turn, scale)
    matrix[0, 1] += rng.uniform(-0.004, 0.004)
    copied = cv2.warpAffine(copied, matrix, (wide, high), borderValue=245)
    return cv2.cvtColor(copied.astype(np.uint8), cv2.COLOR_GRAY2RGB)


def stamp(sheet, rng):
    """A round stamp, anywhere, often over boxes."""
    high, wide = sheet.shape[:2]
    size = int(rng.uniform(13, 20) * DOTS)
    layer = np.zeros((2 * size + 20, 2 * size + 20), np.float32)
    middle = (size + 10, size + 10)
    cv2.circle(layer, middle, size, 1.0, int(rng.integers(4, 9)), cv2.LINE_AA)
    cv2.circle(layer, middle, int(size * 0.68), 1.0, 3, cv2.LINE_AA)
    for turn in range(0, 360, 20):
        at = np.radians(turn)
        x, y = (
            middle[0] + np.cos(at) * size * 0.83,
            middle[1] + np.sin(at) * size * 0.83,
        )
        cv2.putText(
            layer, "OFFICE"[turn // 20 % 6], (int(x) - 8, int(y) + 8), 0, 0.7, 1.0, 2
        )
    cv2.putText(
        layer, "RECEIVED", (int(middle[0] - size * 0.5), middle[1] + 6), 0, 0.8, 1.0, 3
    )
    layer *= rng.uniform(0.5, 1) * (0.6 + 0.4 * rng.random(layer.shape, np.float32))
    colour = [(60, 40, 150), (150, 30, 60), (30, 30, 110)][rng.integers(3)]
    x = int(rng.uniform(0, wide - layer.shape[1]))
    y = int(rng.uniform(0, high - layer.shape[0]))
    _lay(sheet, layer, x, y, colour)


def coffee(sheet, rng):
    """A ring of a cup."""
    high, wide = sheet.shape[:2]
    size = int(rng.uniform(28, 42) * DOTS)
    layer = np.zeros((2 * size + 60, 2 * size + 60), np.float32)
    middle = (size + 30, size + 30)
    cv2.circle(layer, middle, size, 0.12, -1, cv2.LINE_AA)
    cv2.circle(
        layer,
        middle,
        size,
        float(rng.uniform(0.3, 0.6)),
        int(rng.uniform(1, 3.5) * DOTS),
        cv2.LINE_AA,
    )
    layer = cv2.GaussianBlur(layer, (0, 0), rng.uniform(2, 6))
    uneven = cv2.resize(
        rng.uniform(0.4, 1, (9, 9)).astype(np.float32),
        layer.shape[::-1],
        interpolation=cv2.INTER_CUBIC,
    )
    x = int(rng.uniform(0, wide - layer.shape[1]))
    y = int(rng.uniform(0, high - layer.shape[0]))
    _lay(sheet, layer * uneven, x, y, (140, 100, 60))


def _lay(sheet, layer, x, y, colour):
    high, wide = layer.shape
    under = sheet[y : y + high, x : x + wide].astype(np.float32)
    cover = layer[:, :, None]
    ink = np.array(colour, np.float32)
    mixed = under * (1 - cover + cover * ink / 255)
    sheet[y : y + high, x : x + wide] = np.clip(mixed, 0, 255).astype(np.uint8)


def thumb(sheet, rng):
    """A thumb over one corner, so that its marker is not seen."""
    high, wide = sheet.shape[:2]
    corner = rng.integers(4)
    x = rng.uniform(6, 16) * DOTS
    y = rng.uniform(6, 16) * DOTS
    middle = (int(wide - x if corner % 2 else x), int(high - y if corner // 2 else y))
    axes = (int(rng.uniform(9, 12) * DOTS), int(rng.uniform(14, 22) * DOTS))
    toward = np.degrees(np.arctan2(high / 2 - middle[1], wide / 2 - middle[0])) + 90
    skin = [(120, 84, 62), (92, 60, 44), (150, 108, 82)][rng.integers(3)]
    cv2.ellipse(
        sheet,
        middle,
        axes,
        float(toward + rng.uniform(-25, 25)),
        0,
        360,
        skin,
        -1,
        cv2.LINE_AA,
    )


def bend(sheet, rng, folds, curl):
    """Where each point of the paper goes, and how light it is there: (map x, map y, light), of a quarter of the size."""
    high, wide = sheet.shape[0] // 4, sheet.shape[1] // 4
    down, across = np.mgrid[:high, :wide].astype(np.float32)
    move_x = np.zeros((high, wide), np.float32)
    move_y = np.zeros((high, wide), np.float32)
    light = np.ones((high, wide), np.float32)
    if curl:
        turn = rng.uniform(0, np.pi)
        along = (across * np.cos(turn) + down * np.sin(turn)) / high * rng.uniform(
            2, 6
        ) + rng.uniform(0, 6)
        height = np.sin(along) * rng.uniform(0.8, 2.6) * DOTS / 4
        toward = rng.uniform(0, 2 * np.pi)
        move_x += height * np.cos(toward)
        move_y += height * np.sin(toward)
        light *= 1 + 0.12 * np.cos(along)
    for _each in range(folds):
        lying = rng.random() < 0.6
        where = (down / high if lying else across / wide) - rng.uniform(0.25, 0.75)
        lift = np.abs(where) * rng.uniform(-1.6, 1.6) * DOTS / 4 * 2
        move_y += lift if lying else 0
        move_x += 0 if lying else lift
        light *= np.where(where > 0, rng.uniform(0.8, 1), rng.uniform(0.9, 1)).astype(
            np.float32
        )
        crease = np.exp(-((where * high / 2) ** 2))
        light *= 1 - crease * rng.uniform(-0.1, 0.4)
    map_x = cv2.resize(across + move_x, sheet.shape[1::-1]) * 4
    map_y = cv2.resize(down + move_y, sheet.shape[1::-1]) * 4
    return map_x, map_y, cv2.resize(light, sheet.shape[1::-1])


def bent(sheet, rng, folds=0, curl=False):
    map_x, map_y, light = bend(sheet, rng, folds, curl)
    moved = cv2.remap(
        sheet, map_x, map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return np.clip(moved * light[:, :, None], 0, 255).astype(np.uint8)
