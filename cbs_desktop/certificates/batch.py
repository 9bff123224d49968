"""Many certificates as one PDF: a page that cannot be drawn is left out and named, and stops none of the others."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cbs_desktop.certificates import documents
from cbs_desktop.certificates.documents import PrintSettings
from cbs_desktop.certificates.rules import Printable
from cbs_desktop.errors import Cancelled, OfficeProblem, PagesLeftOut, RuleBroken

Page = tuple[int, Printable]  # the id of a certificate and what is printed


@dataclass(frozen=True, slots=True)
class Batch:
    """A PDF, the ids of the certificates that are its pages in their order, and those that are not in it."""

    content: bytes
    ids: tuple[int, ...]
    left_out: tuple[Printable, ...] = ()

    def problem(self) -> PagesLeftOut | None:
        """Who is left out, to be said; None where nobody is."""
        if not self.left_out:
            return None
        who = ", ".join(f"{one.name} ({one.number})" for one in self.left_out)
        return PagesLeftOut(who=who, made=len(self.ids))


def render(
    pages: Sequence[Page],
    sheet: PrintSettings,
    progress: Callable[[int, int], None] | None = None,
) -> Batch:
    """The pages that can be drawn. What stands on every page (office, signatories, words of the look) must be drawable:
    RuleBroken, Invalid or Unreadable as `documents.render`. So is a batch of which no page can be drawn."""
    drawn = [page for page in pages if not documents.undrawable(page[1])]
    if pages and not drawn:
        one = pages[0][1]
        raise RuleBroken(rule="no glyph", who=one.name, signs=documents.undrawable(one))
    try:
        return _batch(drawn, pages, sheet, progress)
    except (OfficeProblem, Cancelled):
        raise
    except Exception:  # of one page or of all: each is tried by itself
        good = [page for page in drawn if _can_be_drawn(page[1], sheet)]
        if not good:
            raise
        return _batch(good, pages, sheet, progress)


def _batch(
    drawn: Sequence[Page],
    pages: Sequence[Page],
    sheet: PrintSettings,
    progress: Callable[[int, int], None] | None,
) -> Batch:
    content = documents.render([one for _id, one in drawn], sheet, progress)
    ids = tuple(number for number, _one in drawn)
    there = set(ids)
    left_out = tuple(one for number, one in pages if number not in there)
    return Batch(content, ids, left_out)


def _can_be_drawn(one: Printable, sheet: PrintSettings) -> bool:
    try:
        documents.render([one], sheet)
    except Exception:
        return False
    return True
