"""Hostile pictures: PNG and JPEG whose heads promise more than there is, or whose bytes are more than they seem."""

import struct
import zlib
from functools import cache
from io import BytesIO

from PIL import Image

_SIGN = b"\x89PNG\r\n\x1a\n"


def chunk(kind, data):
    checked = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", checked)


def png(wide, high, depth=1, colour=0, rows=None, before=b"", interlaced=0):
    """A PNG of these figures; its rows are nothing but zeros unless they are given."""
    head = struct.pack(">IIBBBBB", wide, high, depth, colour, 0, 0, interlaced)
    if rows is None:
        rows = zeros((1 + wide * depth // 8) * high)
    return _SIGN + chunk(b"IHDR", head) + before + chunk(b"IDAT", rows) + chunk(b"IEND", b"")  # fmt: skip


def zeros(count):
    """So many zeros, compressed."""
    made = zlib.compressobj(9)
    out = []
    while count > 0:
        out.append(made.compress(bytes(min(count, 1 << 20))))
        count -= 1 << 20
    return b"".join(out) + made.flush()


@cache
def good_png(wide=200, high=120):
    out = BytesIO()
    Image.effect_noise((wide, high), 60).convert("RGB").save(out, "PNG")
    return out.getvalue()


@cache
def good_jpeg(wide=200, high=120, **more):
    out = BytesIO()
    Image.effect_noise((wide, high), 60).convert("RGB").save(out, "JPEG", **more)
    return out.getvalue()


def sized(wide, high):
    """A JPEG whose head says another size."""
    content = bytearray(good_jpeg())
    at = content.index(b"\xff\xc0")
    content[at + 5 : at + 9] = struct.pack(">HH", high, wide)
    return bytes(content)


def scans(times):
    """A progressive JPEG whose last scan comes again and again."""
    content = good_jpeg(1_500, 1_500, progressive=True)
    last = content.rindex(b"\xff\xda")
    return content[:last] + content[last:-2] * times + b"\xff\xd9"


def broken_sums():
    content = bytearray(good_png())
    content[content.index(b"IDAT") - 6] ^= 0xFF
    content[-20] ^= 0xFF
    return bytes(content)


PNG = {
    "30000": lambda: png(30_000, 30_000),
    "30000-colour": lambda: png(30_000, 30_000, 8, 6, zeros(1_000_000)),
    "2-31": lambda: png((1 << 31) - 1, (1 << 31) - 1, rows=b""),
    "just-allowed": lambda: png(7_700, 7_700, 8, 6),
    "just-allowed-16": lambda: png(5_000, 5_000, 16, 6),
    "one-line": lambda: png(24_000_000, 1, 8, 0),
    "one-column": lambda: png(1, 24_000_000, 8, 0),
    "none": lambda: png(0, 0),
    "depth": lambda: png(10, 10, 77, 99),
    "few-rows": lambda: png(5_000, 5_000, 8, 2, zeros(10)),
    "many-rows": lambda: png(10, 10, 8, 2, zeros(1 << 30)),
    "interlaced": lambda: png(5_000, 5_000, 8, 2, zeros(1 << 20), interlaced=1),
    "text-bomb": lambda: png(10, 10, before=chunk(b"zTXt", b"a\0\0" + zeros(1 << 30))),
    "text-many": lambda: png(10, 10, before=chunk(b"tEXt", b"a\0" + b"b" * 1000) * 60_000),
    "profile-bomb": lambda: png(10, 10, before=chunk(b"iCCP", b"a\0\0" + zeros(1 << 30))),
    "exif": lambda: png(10, 10, before=chunk(b"eXIf", b"MM\0*\0\0\0\x08\xff\xff" + b"\xff" * 100_000)),
    "palette": lambda: png(10, 10, 8, 3),
    "broken-sums": broken_sums,
    "cut": lambda: good_png()[:-500],
    "length": lambda: _SIGN + struct.pack(">I", (1 << 31) - 1) + b"IHDR",
    "head-only": lambda: _SIGN,
    "frames": lambda: png(10, 10, before=chunk(b"acTL", struct.pack(">II", (1 << 31) - 1, 0))),
    "noise": lambda: good_png(2_600, 1_900),
    "is-a-gif": lambda: b"GIF89a" + b"\xff\xff\xff\xff" + bytes(100),
    "is-a-tiff": lambda: b"II*\0\x08\0\0\0\xff\xff" + b"\xff" * 5000,
    "is-a-drawing": lambda: b"<svg xmlns='http://www.w3.org/2000/svg'>" + b"<g>" * 100_000,
}  # fmt: skip

JPEG = {
    "65535": lambda: sized(65_535, 65_535),
    "7700": lambda: sized(7_700, 7_700),
    "none": lambda: sized(0, 0),
    "cut": lambda: good_jpeg()[:700],
    "cut-late": lambda: good_jpeg(3_000, 2_000)[:-5_000],
    "scans": lambda: scans(300),
    "marks": lambda: good_jpeg()[:2] + b"\xff\xe1\xff\xff" * 20_000 + good_jpeg()[2:],
    "comments": lambda: good_jpeg()[:2] + (b"\xff\xfe\xff\xff" + b"a" * 65_533) * 300 + good_jpeg()[2:],
    "filled": lambda: good_jpeg()[:2] + b"\xff" * 10_000_000,
    "head-only": lambda: b"\xff\xd8\xff",
    "noise": lambda: good_jpeg(4_000, 3_000),
    "zeros": lambda: b"\xff\xd8\xff\xe0" + bytes(1_000_000),
}  # fmt: skip
