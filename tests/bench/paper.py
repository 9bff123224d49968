"""C: certificates."""

import time
from pathlib import Path

from figure import Figure, ratio, seconds
from start import practice

from cbs_desktop import papers
from cbs_desktop.certificates import code, documents, queries
from cbs_desktop.office import Office
from cbs_desktop.safe import sign


def certificates(folder: Path) -> Figure:
    """836 certificates with their codes signed and drawn; floor: the same pages without codes."""
    office = Office.open(practice(folder), "coordinator", "practice")
    ids = [one.id for one in office.ask(queries.register)]
    pages = [printable for _i, printable in office.ask(queries.printable, ids)]
    sheet = papers.sheet(office)
    facts = [code.read(page.code).facts for page in pages]
    office.close()
    key = bytes(range(32))
    public = sign.public_of(key)

    def signed() -> None:
        for each in facts:
            code.make(each, lambda message: sign.sign(key, message), public)
        documents.render(pages, sheet)

    found, high, low = ratio(
        lambda: seconds(signed), lambda: seconds(lambda: documents.render(pages, sheet, with_code=False)), 5
    )
    size = len(documents.render(pages, sheet)) / len(pages)
    more = f"{high:.2f} s, without {low:.2f} s, {size:.0f} bytes a page"
    return Figure("836 certificates with signed QR", found, "x the same pages without", 1.6, more)


def spoilt(folder: Path) -> Figure:
    """40 pages at 200 dpi, turned, blurred, noisy, 15 % of the code blotted out: how many are not read."""
    from random import Random

    from cbs_desktop.certificates import reading
    from tests.certificates import scans

    office = Office.open(practice(folder), "coordinator", "practice")
    ids = [one.id for one in office.ask(queries.register)[:40]]
    content = papers.render(office, [one for _i, one in office.ask(queries.printable, ids)])
    office.close()
    rng, missed, times = Random(1), 0, []
    for image, text, place in scans.pages(content):
        page = scans.spoilt(image, place, rng)
        start = time.perf_counter()
        missed += reading.in_picture(page) != [text]
        times.append(time.perf_counter() - start)
    return Figure("of 40 blotted codes are not read", missed, "codes", 4, f"longest {max(times):.2f} s")
