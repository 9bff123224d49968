"""The words of a certificate, line by line in one language at a time; what is changed can be put back."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from cbs_desktop.certificates import wording
from cbs_desktop.errors import Fault
from cbs_desktop.words import _
from ui.vocabulary import LANGUAGES
from ui.widgets.form import Field, Form
from ui.widgets.parts import button, label, line, rows

_N = str  # marks a word for the catalogues; it is translated when it is shown
_LINES = {
    "heading": _N("Title of the paper"),
    "presented": _N("Before the name"),
    "presented_F": _N("Before a woman’s name"),
    "presented_M": _N("Before a man’s name"),
    "completed": _N("After the name"),
    "completed_F": _N("After a woman’s name"),
    "completed_M": _N("After a man’s name"),
    "period": _N("Beginning and end"),
    "check": _N("How to verify it"),
    "duplicate": _N("On a duplicate"),
    "seal": _N("Around the seal"),
}
Words = dict[str, dict[str, str]]


class LookWords(QWidget):
    """A choice of the look's languages, and the lines of the one that is chosen."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._words: Words = {}
        self._language = ""
        self.choice = Form([Field("language", _("Wording in"), "choice")], columns=1)
        self.lines = Form(
            [Field(key, _(text), help=_help(key)) for key, text in _LINES.items()],
            columns=1,
        )
        self.choice.inputs["language"].currentIndexChanged.connect(self._choose)
        self.lines.changed.connect(self._keep)
        reset = button(_("Restore the default wording"), self.reset, "plain", "undo")
        self.setLayout(
            rows(
                label(_("Wording"), "head"),
                self.choice,
                self.lines,
                line(reset, None),
                gap=10,
            )
        )

    def value(self) -> Words:
        """All changed words, of languages that are not shown as well."""
        return wording.tidy(self._words)

    def show_value(
        self, words: Mapping[str, Mapping[str, str]], languages: tuple[str, ...]
    ) -> None:
        """Show the words of a look, in the first of its languages."""
        self._words = {language: dict(mine) for language, mine in words.items()}
        self.show_languages(languages)
        self._fill()

    def show_languages(self, languages: tuple[str, ...]) -> None:
        """The languages to choose from; the one that is shown stays if it can."""
        choice = self.choice.inputs["language"]
        shown = self._language
        choice.blockSignals(True)
        choice.clear()
        for code in languages:
            choice.addItem(_(LANGUAGES[code]), code)
        choice.show_value(shown)
        choice.blockSignals(False)
        self._choose()

    def show_faults(self, faults: Iterable[Fault]) -> list[Fault]:
        """Each under its line; the others are given back."""
        return self.lines.show_faults(faults)

    @Slot()
    def reset(self) -> None:
        """The program's own words again, in this language."""
        self._words.pop(self._language, None)
        self._fill()
        self.changed.emit()

    @Slot()
    def _choose(self, *_index: object) -> None:
        chosen = self.choice.values()["language"]
        if chosen and chosen != self._language:
            self._language = chosen
            self._fill()

    def _fill(self) -> None:
        own = wording.shipped(self._language)
        changed = self._words.get(self._language, {})
        self.lines.show_values(
            {key: changed.get(key, own.get(key, "")) for key in _LINES}
        )
        for made in self.lines.inputs.values():
            made.setCursorPosition(0)  # a long line is seen from its beginning

    @Slot()
    def _keep(self) -> None:
        self._words[self._language] = self.lines.values()
        self.changed.emit()


def _help(key: str) -> str:
    names = ", ".join(
        f"{{{name}}}" for name in sorted(wording.LINES[key.partition("_")[0]])
    )
    if names and "_" not in key:
        return _("Filled in: {names}").format(names=names)
    return ""
