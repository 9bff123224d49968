"""The form for the letters of a programme's attendance register."""

from collections.abc import Callable

from cbs_desktop.action import Door
from cbs_desktop.programmes.marks import (
    LANGUAGES,
    MARKS_MOST,
    AttendanceMark,
    MarkSet,
)
from cbs_desktop.words import _
from ui.screen import Screen
from ui.widgets.dialog import Dialog
from ui.widgets.form import Field, Form, FormValues

_N = str  # marks a word for the catalogues; it is translated when it is shown
_COUNTS = {
    "came": _N("came"),
    "excused": _N("excused"),
    "absent": _N("absent, no excuse"),
}
_LANGUAGES = {"en": "English", "fr": "Français", "rw": "Kinyarwanda", "rn": "Kirundi"}
_PARTS = 2 + len(LANGUAGES)


def ask_marks(
    screen: Screen,
    found: MarkSet,
    save: Callable[[Dialog, MarkSet], None],
    ends_in: Door,
    about: int,
) -> None:
    """A line for each letter, and an empty one for another; a letter that is taken out goes."""
    lines = min(MARKS_MOST, len(found.every) + 1)
    fields: list[Field] = []
    for number in range(1, lines + 1):
        fields += _line(number)
    form = Form(fields, columns=_PARTS)
    form.show_values(_values(found))
    title = _("Attendance marks")
    dialog = Dialog(
        screen,
        title,
        form,
        _("Save"),
        width=900,
        tall=True,
        ends_in=ends_in,
        about=about,
    )
    dialog.accepted_with.connect(lambda values: save(dialog, _marks(values, lines)))
    dialog.show()


def _line(number: int) -> list[Field]:
    where = f"mark {number}: "
    counts: list[tuple[object, str]] = []
    for code, text in _COUNTS.items():
        counts.append((code, _(text)))
    fields = [
        Field(f"{where}letter", _("Letter {n}").format(n=number)),
        Field(f"{where}counts", _("Counts as"), "choice", choices=counts),
    ]
    for language in LANGUAGES:
        fields.append(Field(f"{where}{language}", _LANGUAGES[language]))
    return fields


def _values(found: MarkSet) -> dict[str, object]:
    values: dict[str, object] = {}
    for number, mark in enumerate(found.every, 1):
        for part in ("letter", "counts", *LANGUAGES):
            values[f"mark {number}: {part}"] = getattr(mark, part)
    return values


def _marks(values: FormValues, lines: int) -> MarkSet:
    """The marks of the lines that have a letter or a word."""
    found: list[AttendanceMark] = []
    for number in range(1, lines + 1):
        where = f"mark {number}: "
        letter = values[f"{where}letter"].upper()
        words = {language: values[f"{where}{language}"] for language in LANGUAGES}
        if letter or any(words.values()):
            mark = AttendanceMark(letter, values[f"{where}counts"], **words)
            found.append(mark)
    return MarkSet(tuple(found))
