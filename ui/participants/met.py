"""“Have we met?”: people of the whole office who may be the one who is being registered, beside the form."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from cbs_desktop.duplicates.queries import Alike
from cbs_desktop.duplicates.rules import DIFFERENT, LATER, PROBABLE
from cbs_desktop.words import _
from ui.vocabulary import SEXES, word
from ui.widgets.parts import Chip, button, clear, label, line, rows, scrolled, sheet

WIDTH = 300  # pixels
_N = str  # marks words for the catalogues; they are translated when they are shown

# trait and level (duplicates/comparing.py) → words; what is not here is not worth saying
AGREEMENT = {
    ("names", 1): _N("similar names"), ("names", 2): _N("one has more names"),
    ("names", 3): _N("nearly the same names"), ("names", 4): _N("same names"),
    ("sex", 0): _N("other sex"),
    ("birth", 0): _N("other age"), ("birth", 1): _N("born within two years"),
    ("birth", 2): _N("same year of birth, other day"), ("birth", 3): _N("same year of birth"),
    ("birth", 4): _N("same birth date"),
    ("place", 0): _N("other {level.district}"), ("place", 1): _N("same {level.district}"),
    ("place", 2): _N("same {level.sector}"),
    ("place", 3): _N("same cell"), ("place", 4): _N("same village"),
    ("phone", 0): _N("other phone"), ("phone", 1): _N("same phone"),
    ("card", 0): _N("other ID number"), ("card", 1): _N("nearly the same ID number"), ("card", 2): _N("same ID number"),
}  # fmt: skip


def agreement(alike: Alike) -> str:
    """In what a record agrees and in what it does not."""
    said = [
        _(AGREEMENT[trait, level])
        for trait, level in alike.levels.items()
        if (trait, level) in AGREEMENT
    ]
    return ", ".join(said)


def likelihood(probability: float) -> tuple[str, str]:
    """The chip for a probability."""
    if probability >= PROBABLE:
        return "warn", _("probably the same")
    return "quiet", _("possibly the same")


class HaveWeMet(QWidget):
    """The people found, and what was said of each. `same` carries the id of the person it is."""

    same = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.said: dict[int, str] = {}  # verdicts by id
        self._found: list[Alike] = []
        self._answers: dict[tuple[int, str], QPushButton] = {}
        self._people = rows(gap=12)
        inside = QWidget()
        box = rows(label(_("Have we met?"), "head"), gap=10)
        box.addLayout(self._people)
        box.addStretch(1)
        inside.setLayout(box)
        self.setLayout(rows(scrolled(inside)))
        self.setFixedWidth(WIDTH)
        self.setAccessibleName(_("People who may be the same"))
        self._nobody = label(
            _("People who may be the same are shown here while you type."),
            "small",
            wrap=True,
        )
        box.insertWidget(1, self._nobody)

    def show_found(self, found: list[Alike]) -> None:
        """Show these people; the same ones stay as they are, so that no button goes from under a hand."""
        self._nobody.setText(_("Nobody who looks the same is registered."))
        self._nobody.setVisible(not found)
        if found == self._found:
            return
        self._found = found
        self._answers.clear()
        clear(self._people)
        for one in found:
            self._people.addWidget(self._person(one))

    def _person(self, one: Alike) -> QWidget:
        about = (
            f"{one.number} · {word(SEXES, one.sex)} · {one.born or '?'} · {one.place}"
        )
        chip = Chip(*likelihood(one.probability))
        answers = line(
            self._answer(one, _("Someone else"), DIFFERENT),
            self._answer(one, _("Ask later"), LATER),
            None,
            gap=6,
        )
        same = button(_("Same person"), partial(self.same.emit, one.id), "plain")
        same.setAccessibleName(_("{name} is the same person").format(name=one.name))
        return sheet(
            rows(
                label(one.name, "strong", wrap=True),
                label(about, "small", wrap=True),
                label(agreement(one), "small", wrap=True),
                line(chip, None),
                line(same, None),
                answers,
                gap=4,
                margin=(10, 8, 10, 8),
            )
        )

    def _answer(self, one: Alike, text: str, verdict: str) -> QPushButton:
        made = button(text, partial(self._say, one.id, verdict))
        made.setCheckable(True)
        made.setChecked(self.said.get(one.id) == verdict)
        made.setAccessibleName(f"{one.name}: {text}")
        self._answers[one.id, verdict] = made
        return made

    def _say(self, person_id: int, verdict: str) -> None:
        """One answer of each person is pressed at most; pressed again, none is."""
        pressed = self._answers[person_id, verdict].isChecked()
        self.said.pop(person_id, None)
        if pressed:
            self.said[person_id] = verdict
        for (other_id, answer), each in self._answers.items():
            if other_id == person_id:
                each.setChecked(pressed and answer == verdict)

    def unanswered(self) -> list[Alike]:
        """Those who are probably the same, and of whom nothing was said."""
        return [
            one
            for one in self._found
            if one.probability >= PROBABLE and one.id not in self.said
        ]
