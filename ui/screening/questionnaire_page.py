"""The definition of one questionnaire as a page to be read: its problem if it has one, then part by part."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

from cbs_desktop.errors import Invalid
from cbs_desktop.problems import say, say_fault
from cbs_desktop.screening.instrument_store import ListedInstrument
from cbs_desktop.words import _
from ui.screening import questionnaire_words as words
from ui.screening.questionnaire_words import DefinitionEntry
from ui.widgets.parts import Chip, Facts, Part, label, line, rows, scrolled, sheet

_WIDE = 92
_NARROW = 28  # pixels for the name of an entry: words, or the number of a question


class QuestionnairePage(QWidget):
    """What the file says of one questionnaire; the keys of a list scroll it."""

    def __init__(self) -> None:
        super().__init__()
        self._box = rows()
        self.setLayout(self._box)
        self._area: QScrollArea | None = None

    def show_one(
        self, one: ListedInstrument | None, name: str, state: tuple[str, str]
    ) -> None:
        """Show a questionnaire, or nothing."""
        if self._area is not None:
            self._area.hide()
            self._area.deleteLater()
            self._area = None
        self.setVisible(one is not None)
        if one is None:
            return
        inside = QWidget()
        inside.setLayout(
            rows(*_parts(one, name, state), None, gap=8, margin=(16, 14, 16, 14))
        )
        self._area = scrolled(inside)
        self._area.setAccessibleName(_("Definition of {name}").format(name=name))
        self._box.addWidget(self._area)
        self.setFocusProxy(self._area)

    def hasFocus(self) -> bool:
        """Whether the keys scroll this."""
        return self._area is not None and self._area.hasFocus()


def _parts(one: ListedInstrument, name: str, state: tuple[str, str]) -> list[Part]:
    title = label(name, "title", wrap=True)
    top = line(gap=8)
    top.addWidget(title, 1)
    top.addWidget(Chip(*state))
    if one.file:
        key = _("key {key} in {file}").format(key=one.key, file=one.file)
    else:
        key = _("key {key}").format(key=one.key)
    found: list[Part] = [top, label(key, "small")]
    if one.problem is not None:
        found.append(_problem(one.problem))
    if one.instrument is None:
        return found
    facts = Facts()
    facts.show_facts(words.head(one.instrument))
    found.append(facts)
    for head, entries in words.parts(one.instrument):
        found += [4, label(head, "head", wrap=True)]
        wide = _NARROW if all(entry.name.isdigit() for entry in entries) else _WIDE
        found += [_entry(entry, wide) for entry in entries]
    return found


def _problem(problem: BaseException) -> QWidget:
    """What is wrong with the file, each fault with its part and key."""
    faults = problem.faults if isinstance(problem, Invalid) else ()
    told = [say_fault(fault, named=True) for fault in faults] or [say(problem).what]
    why = _(
        "It cannot be used until its file is corrected. All other "
        "questionnaires keep working."
    )
    lines = [_readable(label(each, wrap=True)) for each in told]
    return sheet(
        rows(label(why, "strong", wrap=True), *lines, gap=4, margin=(14, 10, 14, 10)),
        "stop",
    )


def _entry(entry: DefinitionEntry, wide: int) -> Part:
    name = label(entry.name, "small", wrap=True)
    name.setFixedWidth(wide)
    name.setAlignment(Qt.AlignmentFlag.AlignTop)
    name.setContentsMargins(0, 2, 0, 0)  # small letters on the line of the larger ones
    said = rows(_readable(label(entry.words, wrap=True)), gap=0)
    if entry.source:
        said.addWidget(_readable(label(entry.source, "small", wrap=True)))
    said.addStretch(1)
    box = line(name, gap=8)
    box.addLayout(said, 1)
    return box


def _readable(made: QLabel) -> QLabel:
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made
