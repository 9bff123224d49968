"""Pages as a printer makes them: the program's own PDF with invented names, 8 points for a millimetre, grey."""

from datetime import date, timedelta
from functools import cache

import numpy as np
import pypdfium2

from cbs_desktop import resource
from cbs_desktop.programmes.marks import AttendanceMark, MarkSet
from cbs_desktop.scans import documents, form_documents, forms
from cbs_desktop.scans.layout import PageShape
from cbs_desktop.scans.rules import (
    PageColumn,
    PagePerson,
    RegisterHead,
    RegisterPage,
)
from cbs_desktop.screening import instrument_store

DOTS = 8
_GIVEN = "Alice Jean Claude Marie Esperance Emmanuel Innocent Vestine Odette Gaspard Chantal Ferdinand Josiane".split()
_FAMILY = "MUKAMANA NDAYISABA UWIMANA HABIMANA NIYONZIMA UWASE BIZIMANA NTIRENGANYA KANYANA NDUWIMANA IRAKOZE".split()
_LANGUAGES = (("rw", "fr"), ("rn", "fr"), ("fr",), ("en",), ("rw", "en"))
_MARKS = MarkSet(
    (
        AttendanceMark("P", "came", "present"),
        AttendanceMark("L", "came", "late"),
        AttendanceMark("E", "excused", "excused"),
        AttendanceMark("A", "absent", "absent"),
    )
)


@cache
def form_pages():
    """All pages of all questionnaires."""
    found = []
    for key in resource.names("instruments", ".toml"):
        found += forms.pages(instrument_store.instrument(key), "Musanze")
    return found


def register(rows, columns):
    return PageShape("register", rows, columns, len(_MARKS.letters))


def printed(code, rng, blank=0):
    """The page of a code; the last `blank` rows are for newcomers."""
    if code.shape.kind == "questionnaire":
        alike = [page for page in form_pages() if page.shape == code.shape]
        form = form_documents.CodedForm(code, alike[rng.integers(len(alike))])
        content = form_documents.draw_forms([form], "en")
    else:
        page = documents.CodedPage(code, _register(code.shape, rng, blank))
        languages = _LANGUAGES[rng.integers(len(_LANGUAGES))]
        content = documents.draw([page], languages)
    with pypdfium2.PdfDocument(content) as document:
        drawn = document[0].render(scale=DOTS * 25.4 / 72, grayscale=True).to_numpy()
    return np.squeeze(drawn).copy()


def _register(shape, rng, blank):
    people = []
    for row in range(shape.rows - blank):
        name = f"{rng.choice(_FAMILY)} {rng.choice(_GIVEN)}"
        people.append(PagePerson(row, f"MU-L1-{rng.integers(1, 9999):04}", name))
    first = int(rng.integers(1, 12))
    columns = []
    for number in range(first, first + shape.columns):
        day = date(2026, 6, 1) + timedelta(weeks=number)
        columns.append(PageColumn(number, number, day, "Trust"))
    group = f"Musanze {rng.integers(1, 40)}"
    led = ("UWERA Diane", "HAKIZIMANA Paul")
    head = RegisterHead("Musanze", "Round 7", 1, group, "Muhoza", "School", led, _MARKS)
    return RegisterPage(head, tuple(columns), tuple(people), shape, 1, 1)
