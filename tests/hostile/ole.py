"""Hostile XLS files: the old format, a small file system in a file, written sector by sector."""

import struct
from functools import cache

_SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_HEAD = ("Own name", "Sex", "Birth year", "District", "Sector")
_PERSON = ("KEZA Aline", "F", "1980", "Musanze", "Muhoza")


def record(kind, content=b""):
    return struct.pack("<HH", kind, len(content)) + content


def begin(kind):
    return record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0, 0, 0, 0))


def label(row, column, text):
    head = struct.pack("<HHHHB", row, column, 0, len(text), 0)
    return record(0x0204, head + text.encode("latin-1"))


def stream(cells=b"", names=(("People", None),), globals_=b""):
    """A workbook's stream: its sheets all hold the same cells. A name may come with a place of its own."""
    lines = b"".join(
        label(row, column, text)
        for row, texts in enumerate((_HEAD, _PERSON))
        for column, text in enumerate(texts)
    )
    sheet = begin(0x0010) + lines + cells + record(0x000A)
    size = sum(12 + len(name) for name, _place in names)
    start = len(begin(5)) + len(globals_) + size + len(record(0x000A))
    told = b""
    for name, place in names:
        at = start if place is None else place
        text = struct.pack("<IHBB", at, 0, len(name), 0) + name.encode()
        told += record(0x0085, text)
    return begin(0x0005) + globals_ + told + record(0x000A) + sheet


def file(content, fat=None, name="Workbook", size=None, first=2, **head):
    """A compound file with one stream. `fat` replaces entries of the table of sectors, `head` fields of the header."""
    content = content.ljust(4096, b"\0")
    sectors = -(-len(content) // _SECTOR)
    links = [_FAT, _END, *range(3, sectors + 2), _END]
    for place, value in (fat or {}).items():
        links[place] = value
    table = struct.pack(f"<{len(links)}I", *links).ljust(_SECTOR, b"\xff")[:_SECTOR]
    given = {"shift": 9, "mini": 6, "fats": 1, "directory": 1, "difat": _END, "difats": 0, "minifat": _END, "minifats": 0}  # fmt: skip
    given |= head
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, given["shift"], given["mini"])
    header += struct.pack("<IIIII", 0, given["fats"], given["directory"], 0, 4096)
    header += struct.pack("<IIII", given["minifat"], given["minifats"], given["difat"], given["difats"])  # fmt: skip
    header += struct.pack("<109I", 0, *[_FREE] * 108)
    directory = entry("Root Entry", 5, _END, 0, child=1)
    directory += entry(name, 2, first, len(content) if size is None else size)
    return header + table + directory.ljust(_SECTOR, b"\0") + content.ljust(sectors * _SECTOR, b"\0")  # fmt: skip


def entry(name, kind, start, size, child=_FREE, left=_FREE, right=_FREE):
    told = name.encode("utf-16-le") + b"\0\0"
    head = told.ljust(64, b"\0") + struct.pack("<HBB", len(told), kind, 1)
    links = struct.pack("<III", left, right, child)
    return head + links + bytes(36) + struct.pack("<IQ", start, size)


@cache
def good():
    return file(stream())


def cells(*places):
    return b"".join(label(row, column, "x") for row, column in places)


def strings(count, content=b""):
    return record(0x00FC, struct.pack("<II", count, count) + content)


XLS = {
    "far-cell": lambda: file(stream(cells((65_535, 65_535)))),
    "far-column": lambda: file(stream(cells((3, 65_535)))),
    "dimensions": lambda: file(stream(record(0x0200, struct.pack("<IIHHH", 0, 0xFFFFFFFF, 0, 0xFFFF, 0)))),
    "merge-all": lambda: file(stream(record(0x00E5, struct.pack("<HHHHH", 1, 0, 65_535, 0, 65_535)))),
    "merge-count": lambda: file(stream(record(0x00E5, struct.pack("<HHHHH", 65_535, 0, 9, 0, 9)))),
    "strings-2-32": lambda: file(stream(globals_=strings(0xFFFFFFFF))),
    "strings-long": lambda: file(stream(globals_=strings(1, struct.pack("<HB", 0xFFFF, 0) + b"a" * 50))),
    "record-long": lambda: file(stream(struct.pack("<HH", 0x0204, 0xFFFF))),
    "records-continued": lambda: file(stream(record(0x003C) * 30_000)),
    "sheet-nowhere": lambda: file(stream(names=(("A", 0xFFFFFFF0),))),
    "sheet-at-start": lambda: file(stream(names=(("A", 0),))),
    "sheets-many": lambda: file(stream(names=tuple((f"S{n}", None) for n in range(2_000)))),
    "formula": lambda: file(stream(record(0x0006, struct.pack("<HHHQHIH", 3, 0, 0, 0, 0, 0, 0xFFFF) + b"\x01" * 50))),
    "formats": lambda: file(stream(globals_=record(0x041E, struct.pack("<HHB", 200, 0xFFFF, 1) + b"y" * 20) * 500)),
    "codepage": lambda: file(stream(globals_=record(0x0042, struct.pack("<H", 0xFFFE)))),
    "locked": lambda: file(stream(globals_=record(0x002F, struct.pack("<H", 1) + bytes(52)))),
    "fat-self": lambda: file(stream(), {2: 2}),
    "fat-circle": lambda: file(stream(), {5: 2}),
    "fat-of-fat": lambda: file(stream(), {0: 0}),
    "directory-circle": lambda: file(stream(), {1: 1}),
    "fat-nowhere": lambda: file(stream(), {2: 0x7FFFFFFF}),
    "difat-circle": lambda: file(stream(), difat=0, difats=0xFFFFFFFF),
    "difat-self": lambda: file(stream(), difat=2, difats=1_000_000),
    "fats-2-32": lambda: file(stream(), fats=0xFFFFFFFF),
    "directory-nowhere": lambda: file(stream(), directory=0x00FFFFFF),
    "shift-31": lambda: file(stream(), shift=31),
    "shift-0": lambda: file(stream(), shift=0),
    "shift-65535": lambda: file(stream(), shift=65_535),
    "mini-shift": lambda: file(stream(), mini=31),
    "minifat-circle": lambda: file(stream(), minifat=2, minifats=0xFFFFFFFF),
    "stream-2-60": lambda: file(stream(), size=1 << 60),
    "stream-nowhere": lambda: file(stream(), first=0x00FFFFFF),
    "stream-mini": lambda: file(stream(), size=100),
    "stream-other": lambda: file(stream(), name="EncryptedPackage"),
    "cut": lambda: good()[:1500],
    "head-only": lambda: good()[:512],
    "zeros": lambda: good()[:8] + bytes(5_000_000),
}  # fmt: skip
