"""A phone's camera and a flatbed scanner."""

import cv2
import numpy as np

from tests.scans.corpus.printing import DOTS

SIZES = ((1200, 1600), (1920, 2560), (2448, 3264), (3000, 4000))


def photo(
    sheet, rng, shadow=False, blur=0.0, motion=0.0, size=None, quality=None, largest=3
):
    """A photo as a JPEG: any rotation, up to 25° from above, on a table. `blur` and `motion` in millimetres of the paper."""
    wide, high = SIZES[
        min(
            largest,
            size if size is not None else rng.choice(4, p=[0.25, 0.3, 0.2, 0.25]),
        )
    ]
    turn = _turn(rng)
    lying = (sheet.shape[1] > sheet.shape[0]) != (abs(np.sin(np.radians(turn))) > 0.7)
    if lying != (rng.random() < 0.1):  # most people turn the phone as the page lies
        wide, high = high, wide
    matrix, dots = _view(sheet, wide, high, turn, rng)
    ratio = dots / DOTS  # pixels of the photo for a point of the sheet
    if ratio < 0.9:
        sheet = cv2.GaussianBlur(sheet, (0, 0), 0.45 / ratio)
    image = _table(wide, high, rng)
    cv2.warpPerspective(
        sheet, matrix, (wide, high), image, cv2.INTER_LINEAR, cv2.BORDER_TRANSPARENT
    )
    image = _lit(image, rng, shadow)
    if blur * dots > 0.6:
        size = 2 * round(blur * dots) + 1
        kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)).astype(
            np.float32
        )
        image = cv2.filter2D(image, -1, kernel / kernel.sum())
    if motion * dots > 1:
        image = cv2.filter2D(image, -1, _streak(motion * dots, rng))
    image = cv2.GaussianBlur(image, (0, 0), rng.uniform(0.4, 0.9))
    image = _grain(image, rng.uniform(1, 7), rng)
    return _jpeg(image, quality or int(rng.integers(40, 91)))


def _view(sheet, wide, high, turn, rng):
    """The matrix from the sheet to the photo, and pixels of a millimetre in the middle."""
    tall, broad = sheet.shape[0] / DOTS, sheet.shape[1] / DOTS
    roll, pitch, yaw = np.radians([turn, *_tilt(rng)])
    spin = cv2.Rodrigues(np.array([0, 0, roll]))[0]
    lean = (
        cv2.Rodrigues(np.array([pitch, 0, 0]))[0]
        @ cv2.Rodrigues(np.array([0, yaw, 0]))[0]
    )
    far = rng.uniform(1.3, 2.2) * max(tall, broad)
    corners = (
        np.array(
            [
                (x, y, 0)
                for x, y in (
                    (-broad, -tall),
                    (broad, -tall),
                    (broad, tall),
                    (-broad, tall),
                )
            ]
        )
        / 2
    )
    seen = corners @ (lean @ spin).T
    flat = seen[:, :2] / (seen[:, 2:] / far + 1)
    low, top = flat.min(0), flat.max(0)
    dots = min(wide / (top[0] - low[0]), high / (top[1] - low[1])) * rng.uniform(
        0.78, 0.97
    )
    room = np.array([wide, high]) - (top - low) * dots
    target = (flat - low) * dots + room * rng.uniform(0.15, 0.85, 2)
    source = np.array(
        [(0, 0), (sheet.shape[1], 0), sheet.shape[1::-1], (0, sheet.shape[0])],
        np.float32,
    )
    return cv2.getPerspectiveTransform(source, target.astype(np.float32)), dots


def _turn(rng):
    if rng.random() < 0.85:
        return rng.choice([0, 90, 180, 270]) + rng.normal(0, 6)
    return rng.uniform(0, 360)


def _tilt(rng):
    """Two angles, together at most 25°."""
    steep = min(25, abs(rng.normal(0, 11)))
    toward = rng.uniform(0, 2 * np.pi)
    return steep * np.cos(toward), steep * np.sin(toward)


def _table(wide, high, rng):
    """Wood, cloth, or a mat."""
    colour = rng.uniform(30, 210, 3)
    grain = rng.normal(
        0, 22, (high // 8 + 1, wide // (8 if rng.random() < 0.5 else 60) + 1, 1)
    )
    size = (wide // 4, high // 4)
    coarse = cv2.resize(grain.astype(np.float32), size, interpolation=cv2.INTER_CUBIC)
    table = np.clip(colour + coarse[:, :, None], 0, 255).astype(np.uint8)
    return cv2.resize(table, (wide, high), interpolation=cv2.INTER_LINEAR)


def _lit(image, rng, shadow):
    high, wide = image.shape[:2]
    even = rng.uniform(0.72, 1, (3, 3)).astype(np.float32)
    light = cv2.resize(even, (wide // 2, high // 2), interpolation=cv2.INTER_CUBIC)
    if shadow:
        light *= _shadow(wide, high, rng)
    light *= rng.uniform(0.75, 1.02)
    light = cv2.resize(light, (wide, high), interpolation=cv2.INTER_LINEAR)
    tint = (rng.uniform(0.94, 1), rng.uniform(0.9, 1), rng.uniform(0.72, 1))
    channels = []
    for channel, part in zip(cv2.split(image), tint, strict=True):
        lit = cv2.multiply(channel, light, scale=part, dtype=cv2.CV_8U)
        channels.append(lit)
    return cv2.merge(channels)


def _shadow(wide, high, rng):
    """Of a hand or a head: a polygon that reaches in from an edge, its border hard or soft."""
    small = np.zeros((300, 300), np.float32)
    side = rng.uniform(60, 260)
    points = np.array(
        [
            (-20, side - 60),
            (rng.uniform(60, 240), side - 30),
            (rng.uniform(80, 260), side + 25),
            (-20, side + 90),
        ]
    )
    points += rng.normal(0, 10, points.shape)
    if rng.random() < 0.4:
        points = np.array(
            [
                (-20, -20),
                (320, -20),
                (320, rng.uniform(80, 240)),
                (-20, rng.uniform(80, 240)),
            ]
        )
    cv2.fillPoly(small, [np.round(points).astype(np.int32)], 1.0)
    for _turn in range(rng.integers(4)):
        small = np.rot90(small).copy()
    small = cv2.resize(small, (wide // 2, high // 2), interpolation=cv2.INTER_LINEAR)
    soft = cv2.GaussianBlur(small, (0, 0), rng.uniform(1, 22) * wide / 4000 + 0.5)
    return 1 - rng.uniform(0.25, 0.6) * soft


def _streak(length, rng):
    size = 2 * int(np.ceil(length / 2)) + 1
    kernel = np.zeros((size, size), np.float32)
    turn = rng.uniform(0, np.pi)
    middle = size // 2
    off = (np.cos(turn) * length / 2, np.sin(turn) * length / 2)
    start = (round(middle - off[0]), round(middle - off[1]))
    cv2.line(kernel, start, (round(middle + off[0]), round(middle + off[1])), 1.0, 1)
    return kernel / kernel.sum()


def _grain(image, strength, rng):
    """Noise of the sensor, of one tile that is laid again and again."""
    tile = rng.normal(0, strength, (512, 512, 3)).astype(np.int8)
    high, wide = image.shape[:2]
    noise = np.tile(tile, (high // 512 + 1, wide // 512 + 1, 1))[:high, :wide]
    return cv2.add(image, noise.astype(np.int16), dtype=cv2.CV_8U)


def scan(sheet, rng, dots=None):
    """A flatbed: a little askew, 150 to 300 dpi, a border of the lid."""
    dpi = dots or int(rng.choice([150, 200, 300]))
    scale = dpi / 25.4 / DOTS
    high, wide = sheet.shape[:2]
    matrix = cv2.getRotationMatrix2D((wide / 2, high / 2), rng.uniform(-3, 3), 1.0)
    lid = int(rng.choice([250, 245, 40]))
    turned = cv2.warpAffine(sheet, matrix, (wide, high), borderValue=(lid,) * 3)
    image = cv2.resize(turned, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    image = np.rot90(image, int(rng.choice([0, 0, 0, 1, 2, 3]))).copy()
    image = cv2.convertScaleAbs(
        image, alpha=rng.uniform(0.85, 1.05), beta=rng.uniform(-10, 15)
    )
    image = _grain(image, rng.uniform(0.5, 3), rng)
    return _jpeg(image, int(rng.integers(60, 93)))


def _jpeg(image, quality):
    _done, packed = cv2.imencode(
        ".jpg", image[:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality]
    )
    return packed.tobytes()
