"""Hostile PDFs, written object by object."""

import zlib
from functools import cache
from io import BytesIO

_FILL = b"0 0 m 10 10 l S "


@cache
def good():
    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    page = Canvas(out)
    page.drawString(100, 100, "nothing")
    page.save()
    return out.getvalue()


def pdf(*objects, root=1):
    """A file of these objects, numbered from 1."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        told = content if isinstance(content, bytes) else content.encode()
        out += f"{number} 0 obj\n".encode() + told + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n".encode()
    for place in places:
        out += f"{place:010} 00000 n \n".encode()
    out += f"trailer<</Size {len(places) + 1}/Root {root} 0 R>>\nstartxref\n{start}\n%%EOF".encode()
    return bytes(out)


def stream(content, more=""):
    """A stream, compressed."""
    body = zlib.compress(content, 9)
    return f"<</Length {len(body)}/Filter/FlateDecode{more}>>\nstream\n".encode() + body + b"\nendstream"  # fmt: skip


def bomb(size, more="", piece=bytes(1 << 20)):
    made = zlib.compressobj(9)
    body = b"".join(made.compress(piece) for _ in range(size // len(piece)))
    body += made.flush()
    return f"<</Length {len(body)}/Filter/FlateDecode{more}>>\nstream\n".encode() + body + b"\nendstream"  # fmt: skip


def page(content, box="0 0 595 842", more="", *objects):
    """A file of one page; further objects are numbered from 5."""
    return pdf(
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]/Contents 4 0 R{more}>>",
        content,
        *objects,
    )


def tree(depth):
    """A tree of pages, each in the one before."""
    levels = [f"<</Type/Pages/Kids[{n + 1} 0 R]/Count 1>>" for n in range(2, depth)]
    return pdf("<</Type/Catalog/Pages 2 0 R>>", *levels, "<</Type/Page/MediaBox[0 0 9 9]>>")  # fmt: skip


def image(wide, high, body):
    more = f"/Type/XObject/Subtype/Image/Width {wide}/Height {high}/BitsPerComponent 8/ColorSpace/DeviceRGB"
    return page(stream(b"q 500 0 0 500 0 0 cm /I Do Q"), "0 0 595 842", "/Resources<</XObject<</I 5 0 R>>>>", bomb(body, more))  # fmt: skip


def form(inside, times=1):
    more = (
        "/Type/XObject/Subtype/Form/BBox[0 0 999 999]/Resources<</XObject<</F 5 0 R>>>>"
    )
    return page(stream(inside * times), "0 0 595 842", "/Resources<</XObject<</F 5 0 R>>>>", stream(inside * times, more))  # fmt: skip


PDF = {
    "page-huge": lambda: page(stream(b""), "0 0 1000000000 1000000000"),
    "page-14400": lambda: page(stream(b"0 0 14400 14400 re f"), "0 0 14400 14400"),
    "page-thin": lambda: page(stream(b""), "0 0 1 1000000000"),
    "page-nan": lambda: page(stream(b""), "0 0 1e999 -1e999"),
    "page-unit": lambda: page(stream(b""), "0 0 595 842", "/UserUnit 1000000"),
    "tree-circle": lambda: pdf("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>"),
    "tree-deep": lambda: tree(5_000),
    "count": lambda: pdf("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1000000000>>", "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"),
    "kids-many": lambda: pdf("<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{'3 0 R ' * 200_000}]/Count 200000>>", "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"),
    "bomb": lambda: page(bomb(1 << 31)),
    "bomb-drawing": lambda: page(bomb(1 << 28, piece=_FILL * 65_536)),
    "bomb-twice": lambda: page(stream(zlib.compress(bytes(1 << 29), 9), "/DecodeParms null").replace(b"/FlateDecode", b"[/FlateDecode/FlateDecode]")),
    "image-30000": lambda: image(30_000, 30_000, 1 << 20),
    "image-30000-whole": lambda: image(30_000, 30_000, 3 << 28),
    "image-2-31": lambda: image((1 << 31) - 1, (1 << 31) - 1, 1 << 20),
    "image-8000": lambda: image(8_000, 8_000, 192 << 20),
    "form-in-itself": lambda: form(b"/F Do "),
    "form-in-itself-often": lambda: form(b"/F Do ", 1000),
    "dashes": lambda: page(stream(b"[0.0001 0.0001] 0 d 0 0 m 595 842 l S " * 1000)),
    "lines-million": lambda: page(stream(b"0 0 m 595 842 l 1 0 0 RG S " * 1_000_000)),
    "curves": lambda: page(stream(b"0 0 m " + b"1 1 9e9 9e9 300 300 c " * 300_000 + b"f")),
    "saves": lambda: page(stream(b"q " * 5_000_000)),
    "operands": lambda: page(stream(b"[" * 2_000_000)),
    "names-deep": lambda: page("<<" + "/A<<" * 100_000),
    "length-circle": lambda: page("<</Length 4 0 R>>\nstream\nx\nendstream"),
    "xref-circle": lambda: good().replace(b"/Size", b"/Prev 9/Size"),
    "xref-far": lambda: good()[: good().rindex(b"startxref")] + b"startxref\n99999999999\n%%EOF",
    "no-xref": lambda: good()[: good().rindex(b"xref")],
    "objects-million": lambda: b"%PDF-1.7\n" + b"1 0 obj<<>>endobj " * 1_000_000,
    "zeros": lambda: b"%PDF-1.7\n" + bytes(5_000_000),
    "cut": lambda: good()[: len(good()) // 2],
    "head-late": lambda: b"a" * 1000 + good(),
}  # fmt: skip
