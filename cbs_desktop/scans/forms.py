"""A questionnaire as pages that are printed and read back: what stands on each. Pure."""

from dataclasses import dataclass
from math import ceil

from cbs_desktop.scans.layout import CHOICES_MOST, PageShape, rows_most
from cbs_desktop.scans.rules import dealt
from cbs_desktop.screening.instrument import Instrument, Item


@dataclass(frozen=True, slots=True)
class FormPage:
    """One page of a questionnaire: page `part` of `parts`, a row for each question. `person` is the number and name it is
    printed for, empty for anybody."""

    office: str
    form: Instrument
    items: tuple[Item, ...]
    shape: PageShape
    part: int
    parts: int
    person_id: int = 0
    person: tuple[str, str] = ("", "")

    @property
    def values(self) -> tuple[str, ...]:
        """What the boxes of a row stand for."""
        return tuple(map(str, self.items[0].values))


def fits(form: Instrument) -> bool:
    """Whether a questionnaire can be read back: all questions have the same answers, and there are not too many."""
    first = form.items[0].answers
    same = all(item.answers == first for item in form.items)
    return same and len(first) <= CHOICES_MOST


def pages(
    form: Instrument,
    office: str,
    person_id: int = 0,
    person: tuple[str, str] = ("", ""),
) -> list[FormPage]:
    """The pages of a questionnaire that fits."""
    choices = len(form.items[0].answers)
    parts = ceil(len(form.items) / rows_most(1))
    made: list[FormPage] = []
    for part, items in enumerate(dealt(form.items, parts), 1):
        shape = PageShape("questionnaire", len(items), 1, choices)
        page = FormPage(
            office, form, tuple(items), shape, part, parts, person_id, person
        )
        made.append(page)
    return made


def items_of(form: Instrument, part: int) -> tuple[Item, ...]:
    """The questions of one page, as it was printed."""
    return pages(form, "")[part - 1].items


def named(key: str, version: int) -> str:
    """A questionnaire with its version, as a printed page keeps it: srq20/1."""
    return f"{key}/{version}"


def key_of(kept: str) -> tuple[str, int]:
    """Key and version of a questionnaire that a printed page keeps."""
    key, _slash, version = kept.partition("/")
    return key, int(version or 0)
