"""C: certificates."""

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median

import pypdfium2
from figure import Figure, ratio, seconds
from start import practice

from cbs_desktop.certificates import code, design_files, documents, papers, queries
from cbs_desktop.certificates.rules import Printable
from cbs_desktop.office import Office
from cbs_desktop.safe import sign


def _season(folder: Path) -> tuple[Sequence[Printable], documents.PrintSettings]:
    office = Office.open(practice(folder), "coordinator", "practice")
    ids = [one.id for one in office.ask(queries.register)]
    pages = [printable for _i, printable in office.ask(queries.printable, ids)]
    sheet = papers.sheet(office)
    office.close()
    return pages, sheet


def _in(design: str, sheet: documents.PrintSettings) -> documents.PrintSettings:
    return replace(sheet, look=replace(sheet.look, design=design))


KEYS = [one.key for one in design_files.listed()]


def certificates(folder: Path) -> Figure:
    """836 certificates with their codes signed and drawn; floor: the same pages without codes. The worst design counts."""
    pages, sheet = _season(folder)
    facts = [code.read(page.code).facts for page in pages]
    key = bytes(range(32))
    public = sign.public_of(key)

    def signed(sheet: documents.PrintSettings) -> None:
        for each in facts:
            code.make(each, lambda message: sign.sign(key, message), public)
        documents.render(pages, sheet)

    found = {}
    for design in KEYS:
        mine = _in(design, sheet)
        found[design] = ratio(
            lambda mine=mine: seconds(lambda: signed(mine)),
            lambda mine=mine: seconds(
                lambda: documents.render(pages, mine, with_code=False)
            ),
            5,
        )
    more = ", ".join(
        f"{design} {high:.2f} s, without {low:.2f} s"
        for design, (_r, high, low) in found.items()
    )
    return Figure(
        "836 certificates with signed QR",
        max(each[0] for each in found.values()),
        "x the same pages without",
        1.6,
        more,
    )


def spoilt(folder: Path) -> Figure:
    """40 pages at 200 dpi, turned, blurred, noisy, 15 % of the code blotted out: how many are not read."""
    from random import Random

    from cbs_desktop.certificates import code_reader
    from tests.certificates import scans

    office = Office.open(practice(folder), "coordinator", "practice")
    ids = [one.id for one in office.ask(queries.register)[:40]]
    content = papers.render(
        office, [one for _i, one in office.ask(queries.printable, ids)]
    )
    office.close()
    rng = Random(1)
    missed = 0
    times = []
    for image, text, place in scans.pages(content):
        page = scans.spoilt(image, place, rng)
        start = time.perf_counter()
        missed += code_reader.in_picture(page) != [text]
        times.append(time.perf_counter() - start)
    return Figure(
        "of 40 blotted codes are not read",
        missed,
        "codes",
        4,
        f"longest {max(times):.2f} s",
    )


def size(folder: Path) -> Figure:
    """Bytes a page of the whole season in the largest design."""
    pages, sheet = _season(folder)
    found = {
        design: len(documents.render(pages, _in(design, sheet))) / len(pages)
        for design in KEYS
    }
    more = ", ".join(f"{design} {each:.0f}" for design, each in found.items())
    return Figure(
        "a certificate in the file", max(found.values()), "bytes", 1_500, more
    )


def first_page(folder: Path) -> Figure:
    """From 836 certificates to the first one as a picture of 1,000 pixels: the preview makes each page when it is turned to."""
    pages, sheet = _season(folder)

    def shown(mine: documents.PrintSettings) -> None:
        document = pypdfium2.PdfDocument(documents.render(pages[:1], mine))
        document[0].render(scale=1.2)
        document.close()

    found = {}
    for design in KEYS:
        mine = _in(design, sheet)
        found[design] = 1000 * median(
            seconds(lambda mine=mine: shown(mine)) for _ in range(5)
        )
    more = ", ".join(f"{design} {each:.0f}" for design, each in found.items())
    return Figure(
        "the first of 836 certificates in the preview",
        max(found.values()),
        "ms",
        300,
        more,
    )
