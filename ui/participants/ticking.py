"""Those who are ticked in the list of people: how many, all that the filter shows, none, and what can be done with them."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget

from cbs_desktop.groups import bulk as groups
from cbs_desktop.overview import queries as overview
from cbs_desktop.overview.lists import ListRequest
from cbs_desktop.participants import bulk as participants
from cbs_desktop.words import _, many
from ui.participants.bulk import ConsentMany, LeaveMany, MoveMany
from ui.people_lists import ListWindow
from ui.screen import PageAction
from ui.widgets.elided import Elided
from ui.widgets.parts import button, label, line

if TYPE_CHECKING:
    from ui.participants.people import Participants


class Ticks(QStackedWidget):
    """Beneath the list: a hint while nobody is ticked, else the count and what can be done."""

    def __init__(self, screen: "Participants", hint: str) -> None:
        super().__init__()
        self._screen = screen
        self._table = screen.table
        self.number = label("", "strong")
        self._hint = QWidget()
        self._hint.setLayout(line(*self._first(hint), gap=6, margin=(16, 4, 8, 4)))
        self._bar = QWidget()
        self._bar.setLayout(line(*self._buttons(), gap=6, margin=(16, 4, 8, 4)))
        self.addWidget(self._hint)
        self.addWidget(self._bar)
        self._table.model_rows.ticks_changed.connect(self._tell)
        self._table.all_wanted.connect(self.tick_shown)
        self._tell()

    def _first(self, hint: str) -> list[QWidget | None]:
        """While nobody is ticked: the keys, and the way by mouse."""
        made: list[QWidget | None] = [Elided(hint, "small")]
        for action in self.actions_offered():
            if action.run in (self.show_lists, self.tick_shown):
                made.append(self._button(action, "plain"))
        return made

    def _buttons(self) -> list[QWidget | None]:
        every = button(
            _("All"), self.tick_shown, "plain", "", _("Tick all that are shown")
        )
        every.setAccessibleName(_("Tick all that are shown"))
        nobody = button(_("None"), self.tick_none, "plain", "", _("Tick none"))
        nobody.setAccessibleName(_("Tick none"))
        made: list[QWidget | None] = [self.number, every, nobody, None]
        for action in self.actions_offered():
            if action.run not in (self.tick_shown, self.tick_none):
                made.append(self._button(action))
        return made

    def _button(self, action: PageAction, look: str = "") -> QPushButton:
        short = self._short()[action.label]
        tip = f"{action.label} {action.key}".strip()
        made = button(short, action.run, look, "", tip)
        made.setAccessibleName(action.label)
        return made

    def _short(self) -> dict[str, str]:
        """What the buttons say for the whole name of an action."""
        return {
            _("Change the place of those ticked"): _("Place"),
            _("Record consent of those ticked"): _("Consent"),
            _("Record that those ticked left"): _("Left"),
            _("Print or save a list"): _("List"),
            _("Tick all that are shown"): _("Tick all"),
        }

    def actions_offered(self) -> list[PageAction]:
        """All of it as actions of the page, for whoever may."""
        every = [
            PageAction(_("Print or save a list"), "Ctrl+P", "print", self.show_lists,
                overview.people_list),
            PageAction(_("Tick all that are shown"), "Ctrl+Shift+A", "check", self.tick_shown),
            PageAction(_("Tick none"), "", "close", self.tick_none),
            PageAction(_("Change the place of those ticked"), "Ctrl+Shift+M", "moved",
                self.move_ticked, participants.move_many),
            PageAction(_("Record consent of those ticked"), "Ctrl+Shift+C", "consent",
                self.consent_ticked, participants.consent_many),
            PageAction(_("Record that those ticked left"), "Ctrl+Shift+L", "left",
                self.leave_ticked, groups.leave_many),
        ]  # fmt: skip
        return [
            action for action in every if self._screen.desk.office.may(action.needs)
        ]

    def ids(self) -> tuple[int, ...]:
        """The people ticked, by id."""
        found: list[int] = []
        for key in self._table.model_rows.ticked:
            assert isinstance(key, int)
            found.append(key)
        return tuple(sorted(found))

    @Slot()
    def tick_shown(self) -> None:
        """Tick everybody whom the filter shows, also those not read yet."""
        self._screen.ask(
            overview.roster_ids, *self._screen.wanted(), then=self._tick_also
        )

    def _tick_also(self, found: list[int]) -> None:
        rows = self._table.model_rows
        before = len(rows.ticked - set(found))
        rows.tick_keys(rows.ticked | set(found))
        if before:
            told = many(
                "{n} person ticked before is not shown here and stays ticked.",
                "{n} people ticked before are not shown here and stay ticked.",
                before,
            )
            self._screen.said.emit(told)

    @Slot()
    def tick_none(self) -> None:
        """Take all ticks away."""
        self._table.model_rows.tick_keys(())
        self._table.setFocus()

    def look_again(self) -> None:
        """Somebody ticked may have been merged into another since."""
        if self._table.model_rows.ticked:
            self._screen.ask(
                overview.roster_ids, then=self._keep_these, about="all of the office"
            )

    def _keep_these(self, everybody: list[int]) -> None:
        rows = self._table.model_rows
        there = rows.ticked & set(everybody)
        gone = len(rows.ticked) - len(there)
        if gone:
            rows.tick_keys(there)
            told = many(
                "{n} person who was ticked is no longer in the list.",
                "{n} people who were ticked are no longer in the list.",
                gone,
            )
            self._screen.said.emit(told)

    def _tell(self) -> None:
        count = len(self._table.model_rows.ticked)
        self.number.setText(many("{n} ticked", "{n} ticked", count))
        self.setCurrentWidget(self._bar if count else self._hint)

    @Slot()
    def move_ticked(self) -> None:
        """Those ticked live somewhere else."""
        self._open(MoveMany)

    @Slot()
    def consent_ticked(self) -> None:
        """Those ticked consented at one meeting."""
        self._open(ConsentMany)

    @Slot()
    def leave_ticked(self) -> None:
        """Those ticked left."""
        self._open(LeaveMany)

    def _open(self, dialog: type[MoveMany | ConsentMany | LeaveMany]) -> None:
        if ids := self.ids():
            dialog(self._screen, ids).show()
        else:
            self._screen.said.emit(
                _("Nobody is ticked. Space ticks a person, Ctrl+A all that are shown.")
            )

    @Slot()
    def show_lists(self) -> None:
        """Lists of those ticked, or of all whom the filter shows."""
        words, state, district_id = self._screen.wanted()
        request = ListRequest("by-sector", words, state, district_id)
        if ids := self.ids():
            request = ListRequest("by-sector", person_ids=ids)
        ListWindow(self._screen, request).show()
