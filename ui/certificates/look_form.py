"""The fields of a look: design, colours, languages, seal, funders, pre-printed paper, logos, words."""

from collections.abc import Iterable
from dataclasses import asdict

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from cbs_desktop.certificates import design_files, wording
from cbs_desktop.certificates.design import PLACES
from cbs_desktop.certificates.looks import Look
from cbs_desktop.errors import Fault
from cbs_desktop.screening.instrument import pick
from cbs_desktop.words import _, language
from ui.certificates.logos import Logos
from ui.certificates.look_words import LookWords
from ui.screen import Screen
from ui.vocabulary import LANGUAGES
from ui.widgets.form import Field, Form
from ui.widgets.parts import rows

_N = str  # marks a word for the catalogues; it is translated when it is shown
_SEATS = {
    "left": _N("left"),
    "middle": _N("centre"),
    "right": _N("right"),
    "none": _N("no seal"),
}


def _fields() -> list[Field]:
    languages = [(code, _(LANGUAGES[code])) for code in wording.LANGUAGES]
    found = [
        (one.key, pick(one.design.title, language()))
        for one in design_files.listed()
        if one.design
    ]
    own = _("Your own colour instead of the second one, such as #8C3B22.")
    return [
        Field("design", _("Design"), "choice", choices=found),
        Field("palette", _("Colours"), "choice"),
        Field("first", _("Language"), "choice", choices=languages),
        Field(
            "second",
            _("Second language"),
            "choice",
            choices=[("", _("none")), *languages],
        ),
        Field(
            "seal",
            _("Seal"),
            "choice",
            choices=[(place, _(_SEATS[place])) for place in PLACES],
        ),
        Field("accent", _("Own colour"), help=own),
        Field("funders", _("Funder line"), span=2),
        Field(
            "preprinted",
            _("Pre-printed paper: print text and code only"),
            "yes",
            span=2,
        ),
        Field(
            "right",
            _("Move right, mm"),
            help=_("For pre-printed paper; -1.5 moves left."),
        ),
        Field(
            "up", _("Move up, mm"), help=_("The calibration page shows by how much.")
        ),
    ]


class LookForm(QWidget):
    """Everything that makes a look; `changed` at every keystroke."""

    changed = Signal()

    def __init__(self, page: Screen) -> None:
        super().__init__()
        self.form = Form(_fields())
        self.logos = Logos(page)
        self.words = LookWords()
        self.form.inputs["design"].currentIndexChanged.connect(self._show_palettes)
        for key in ("first", "second"):
            self.form.inputs[key].currentIndexChanged.connect(self._show_languages)
        for part in (self.form, self.logos, self.words):
            part.changed.connect(self.changed)
        self.setLayout(
            rows(
                self.form, self.logos, self.words, None, gap=20, margin=(16, 14, 16, 14)
            )
        )
        self._show_palettes()

    def look(self) -> Look:
        """What the fields say, right or wrong."""
        values = self.form.values()
        for key in ("right", "up"):
            values[key] = _figure(values[key])
        values["languages"] = self._languages()
        del values["first"], values["second"]
        return Look(**values, logos=self.logos.value(), wording=self.words.value())

    def show_look(self, look: Look) -> None:
        """Fill everything in, without saying that something changed."""
        self.blockSignals(True)
        values = asdict(look)
        values["first"], values["second"] = (*look.languages, "")[:2]
        values |= {key: f"{values[key]:g}" for key in ("right", "up")}
        self.form.show_values(
            {key: values[key] for key in ("design", *values) if key in self.form.inputs}
        )
        self.form.show_values({"palette": look.palette})
        self.logos.show_value(look.logos)
        self.words.show_value(look.wording, look.languages)
        self.blockSignals(False)

    def show_faults(self, faults: Iterable[Fault]) -> list[Fault]:
        """Each under its field; what has no field here is given back."""
        return self.words.show_faults(self.form.show_faults(faults))

    def _languages(self) -> tuple[str, ...]:
        first, second = (self.form.inputs[key].value() for key in ("first", "second"))
        if second and second != first:
            return (first, second)
        return (first,)

    @Slot()
    def _show_palettes(self, *_index: object) -> None:
        chosen = self.form.inputs["design"].value()
        palettes = self.form.inputs["palette"]
        palettes.blockSignals(True)
        palettes.clear()
        for one in design_files.design(chosen).palettes if chosen else ():
            palettes.addItem(pick(one.title, language()), one.key)
        palettes.blockSignals(False)

    @Slot()
    def _show_languages(self, *_index: object) -> None:
        self.words.show_languages(self._languages())


def _figure(text: str) -> float | str:
    """A figure with comma or point; nothing is 0, and what is none is given back for the rules to refuse."""
    try:
        return float(text.replace(",", ".") or 0)
    except ValueError:
        return text
