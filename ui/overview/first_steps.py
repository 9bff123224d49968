"""The first steps of a new office, on Home: each with what it is for, ticked when it is done, and the way to it."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cbs_desktop.action import Account
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.words import _
from ui.widgets.parts import button, clear, label, line, picture, rows

# step → place, item, and what its place asks of the account
_WAYS: dict[str, tuple[str, object, Permission]] = {
    "second holder": ("office", "accounts", Permission.ACCOUNTS),
    "round": ("office", "round", Permission.SET_UP),
    "authority": ("protection", "register", Permission.SET_UP),
    "signatories": ("office", "signatories", Permission.SET_UP),
    "facilitators": ("facilitators", None, Permission.LOOK),
    "people": ("participants", None, Permission.LOOK),
    "questionnaires": ("screening", "new", Permission.RECORD_SCREENING),
}


def _said() -> dict[str, tuple[str, str]]:
    """What each step is, and what it is for."""
    return {
        "second holder": (_("Make a second coordinator"), _("Then each can replace the other’s password.")),
        "round": (_("Open a round"), _("Its name, its dates and how many people it is for.")),
        "authority": (_("Register with the authority"), _("The law asks for it (art. 29–31). Enter the number you get.")),
        "signatories": (_("Name who signs"), _("They stand on the certificates, in this order.")),
        "facilitators": (_("Enter the facilitators"), _("Two of them lead each group.")),
        "people": (_("Register people"), _("One by one, or import a list with Ctrl+I.")),
        "questionnaires": (_("Enter the first questionnaire"), _("Then a screener decides on each pathway.")),
    }  # fmt: skip


class FirstSteps(QWidget):
    """A numbered list; `opens` leads to where a step is taken."""

    opens = Signal(str, object)

    def __init__(self, account: Account) -> None:
        super().__init__()
        self._account = account
        self._box = rows(gap=0)
        self.setLayout(self._box)

    def show_steps(self, steps: dict[str, bool]) -> None:
        """Show which steps are done; nothing at all when none is left."""
        clear(self._box)
        self.setVisible(not all(steps.values()))
        head = label(_("First steps in a new office"), "strong")
        self._box.addLayout(line(head, None, margin=(18, 14, 16, 4)))
        for number, (step, done) in enumerate(steps.items(), 1):
            self._box.addWidget(self._step(number, step, done))

    def _open(self, place: str, item: object, *_pressed: object) -> None:
        self.opens.emit(place, item)

    def _step(self, number: int, step: str, done: bool) -> QWidget:
        what, why = _said()[step]
        box = line(gap=14, margin=(18, 8, 16, 8))
        kind = "ok" if done else "quiet"
        box.addWidget(picture(kind, kind, 24))
        words = rows(
            label(f"{number}. {what}", "strong"), label(why, "small", wrap=True), gap=2
        )
        box.addLayout(words, 1)
        place, item, needs = _WAYS[step]
        if done:
            box.addWidget(label(_("done"), "small"))
        elif self._account.may(needs):
            go = button(_("Open"), partial(self._open, place, item))
            go.setAccessibleName(_("{step}: open").format(step=what))
            box.addWidget(go)
        made = QWidget()
        made.setLayout(box)
        return made
