"""Office › Questionnaires: which there are, what each says of itself, which are used; adding one, blank forms."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from cbs_desktop import settings
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.screening import actions, queries
from cbs_desktop.screening.instrument import pick
from cbs_desktop.screening.instrument_store import ListedInstrument
from cbs_desktop.settings import SettingValues
from cbs_desktop.words import _, language, many
from ui.desk import Desk
from ui.screen import PageAction, Screen
from ui.screening import blank_forms
from ui.screening.adding_questionnaire import Adding
from ui.screening.questionnaire_page import QuestionnairePage
from ui.screening.second_entry import ask_every
from ui.vocabulary import USES, second_entry_words
from ui.vocabulary import chip as state_chip
from ui.widgets.parts import button, label, line, rows, rule, sheet
from ui.widgets.table import Column, Table


def name(one: ListedInstrument) -> str:
    """What a questionnaire is called; a broken file has its key only."""
    if one.instrument:
        return pick(one.instrument.title, language())
    return one.key


def state(one: ListedInstrument) -> tuple[str, str]:
    """Kind and word of its state."""
    if one.problem:
        code = "cannot"
    elif one.used:
        code = "used"
    else:
        code = "not used"
    return state_chip(USES, code)


def _columns() -> list[Column]:
    return [
        Column(_("Questionnaire"), name, strong=True, stretch=True, width=150),
        Column(
            _("Version"),
            lambda one: str(one.instrument.version) if one.instrument else "–",
            right=True,
            width=72,
            sort=lambda one: one.instrument.version if one.instrument else 0,
        ),
        Column(
            _("Questions"),
            lambda one: str(len(one.instrument.items)) if one.instrument else "–",
            right=True,
            width=86,
            sort=lambda one: len(one.instrument.items) if one.instrument else 0,
        ),
        Column(
            _("From"),
            lambda one: _("the office") if one.own else _("the program"),
            width=100,
        ),
        Column(_("Status"), chip=state, width=138),
    ]


class Questionnaires(Screen):
    """The list, and beside it the definition of the one the cursor is on."""

    word = "questionnaires"
    watches = frozenset({"screening", "settings"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._every = 0
        self._wanted = ""
        self._acts()
        self.table = Table(_("Questionnaires"), _columns())
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(lambda _one: self.definition.setFocus())
        self.definition = QuestionnairePage()
        self._second = label("", "small", wrap=True)
        self._turn = button("", self.turn, tip="Ctrl+U")
        self._form = button(
            _("Blank form…"), self.blank_form, icon="print", tip="Ctrl+P"
        )
        self._build()

    def _acts(self) -> None:
        """What this account may do here; what it may not do is absent."""
        self._sets_up = self.may(actions.use_instrument)
        self._prints = self.desk.office.account.may(Permission.PRINT)
        if self._sets_up:
            self.page_actions = (
                PageAction(
                    _("Add from a file…"), "Ctrl+N", "import", self.add_from_file
                ),
                PageAction(_("Second entry…"), "Ctrl+E", "edit", self.change_every),
                PageAction(_("Turn on or off"), "Ctrl+U", "check", self.turn),
                PageAction(_("Back to Office"), "Esc", "previous", self.back),
            )
        if self._prints:
            self.page_actions += (
                PageAction(_("Blank form…"), "Ctrl+P", "print", self.blank_form),
            )

    def _build(self) -> None:
        if self._sets_up:
            keys = _("↑ ↓ move   Ctrl+U turns on or off   Esc back to Office")
        else:
            keys = _("↑ ↓ move")
        left = rows(self.table, rule(), gap=0)
        left.addLayout(line(self._second, margin=(16, 8, 16, 8)))
        left.addWidget(rule())
        left.addLayout(line(label(keys, "small"), margin=(16, 8, 16, 8)))
        right = rows(gap=0)
        right.addWidget(self.definition, 1)
        shown = [
            made
            for made, may in ((self._turn, self._sets_up), (self._form, self._prints))
            if may
        ]
        self._below = QWidget()
        self._below.setLayout(
            rows(rule(), line(*shown, None, margin=(16, 8, 16, 8)), gap=0)
        )
        right.addWidget(self._below)
        box = line(gap=16, margin=(24, 16, 24, 16))
        box.addWidget(sheet(left), 6)
        box.addWidget(sheet(right), 5)
        self.setLayout(box)

    def refresh(self) -> None:
        """Ask for the questionnaires, and how many sheets are typed again."""
        self.ask(queries.questionnaires, then=self._show)
        self.ask(settings.all_values, then=self._show_every)

    def _show(self, found: list[ListedInstrument]) -> None:
        used = sum(one.used for one in found)
        wrong = sum(one.problem is not None for one in found)
        facts = [
            many("{n} questionnaire", "{n} questionnaires", len(found)),
            _("{n} in use").format(n=used),
        ]
        if wrong:
            facts.append(many("{n} cannot be used", "{n} cannot be used", wrong))
        self.tell(" · ".join(facts))
        self.table.show_rows(found, key=lambda one: one.key)
        if self._wanted:
            self.table.choose(
                next(
                    (
                        i
                        for i, one in enumerate(self.table.rows)
                        if one.key == self._wanted
                    ),
                    0,
                )
            )
            self._wanted = ""

    def _show_every(self, values: SettingValues) -> None:
        self._every = values["second entry every"]
        self._second.setText(second_entry_words(self._every))

    def _choose(self, one: ListedInstrument | None) -> None:
        self.definition.show_one(
            one, name(one) if one else "", state(one) if one else ("", "")
        )
        well = one is not None and one.problem is None
        text = _("Stop using") if one is not None and one.used else _("Use")
        self._turn.setText(text)
        self._turn.setAccessibleName(f"{text}: {name(one)}" if one else text)
        self._turn.setVisible(well)
        self._form.setVisible(one is not None and one.instrument is not None)
        self._below.setVisible(
            one is not None
            and one.instrument is not None
            and (self._sets_up or self._prints)
        )

    # --- what can be done

    @Slot()
    def turn(self) -> None:
        """Use the one the cursor is on, or use it no longer; its own problem is said when it cannot be used."""
        one = self.table.current()
        if one is not None:
            self.do(actions.use_instrument, one.key, not one.used)

    @Slot()
    def add_from_file(self) -> None:
        """Add a questionnaire of the office's own."""
        Adding(self, self._added).show()

    def _added(self, key: str) -> None:
        self._wanted = key
        self.refresh()

    @Slot()
    def change_every(self) -> None:
        """How many sheets are typed a second time."""
        ask_every(self, self._every)

    @Slot()
    def blank_form(self) -> None:
        """Save the form of the one the cursor is on, to be filled in by hand."""
        one = self.table.current()
        if one is None or one.instrument is None:
            return
        blank_forms.ask_where(self, one.key)

    @Slot()
    def back(self) -> None:
        """To the list first, then to the Office page."""
        if self.definition.hasFocus():
            self.table.setFocus()
        else:
            self.opens.emit("office", None)

    def show_item(self, item: object) -> None:
        """A questionnaire by its key."""
        self._wanted = str(item)
        self.refresh()

    def find_in_list(self) -> None:
        """Ctrl+F: the list is short, so the cursor goes into it."""
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
