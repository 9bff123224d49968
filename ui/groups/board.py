"""Groups: propose, look at the board, move people by hand, accept; afterwards the groups of the round."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from cbs_desktop import clock
from cbs_desktop.action import Door
from cbs_desktop.exports.rules import OWN, Recipient
from cbs_desktop.groups import actions, queries
from cbs_desktop.groups import documents as group_documents
from cbs_desktop.groups.proposals import alternatives, boards, proposing
from cbs_desktop.groups.proposals.boards import Board as Proposal
from cbs_desktop.groups.proposals.boards import Card
from cbs_desktop.groups.queries import GroupRow
from cbs_desktop.overview.lists import ListRequest
from cbs_desktop.words import _, many
from ui.desk import Desk
from ui.groups import joining, pairs
from ui.groups.columns import Columns
from ui.groups.looking import GroupSearch
from ui.groups.others import Others
from ui.groups.overview import Overview
from ui.people_lists import ListWindow
from ui.screen import PageAction, Screen
from ui.widgets.dialog import Dialog
from ui.widgets.form import Field, Form, FormValues
from ui.widgets.outgoing import keep, save_into
from ui.widgets.parts import Chip, button, label, line, rows, sheet


class Groups(Screen):
    """The board of a proposal, or the groups there are."""

    word = "groups"
    watches = frozenset(
        {"groups", "screening", "participants", "facilitators", "programmes"}
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.page_actions = (
            PageAction(_("Accept groups"), "Ctrl+Return", "check", self.accept),
            PageAction(_("Propose groups"), "Ctrl+N", "groups", self.propose),
            PageAction(
                _("Other groups for this person"), "Ctrl+B", "moved", self.others
            ),
            PageAction(_("Pin or unpin this person"), "", "pin", self.pin),
            PageAction(
                _("Propose again, keep pinned"), "Ctrl+R", "again", self.look_again
            ),
            PageAction(_("Compare proposals"), "Ctrl+D", "compare", self.compare),
            PageAction(
                _("Why some people have no group"), "", "waiting", self.why_waiting
            ),
            PageAction(_("Next place"), "Ctrl+PgDown", "next", self.next_place),
            PageAction(
                _("Previous place"), "Ctrl+PgUp", "previous", self.previous_place
            ),
            PageAction(
                _("Keep two people apart"), "Ctrl+Shift+K", "stop", self.keep_apart
            ),
            PageAction(
                _("Keep two people together"),
                "Ctrl+Shift+T",
                "together",
                self.keep_together,
            ),
            PageAction(_("Add late joiners"), "", "joined", self.place_late),
            PageAction(_("Lists"), "Ctrl+P", "print", self.show_people_lists),
            PageAction(
                _("Switch between board and groups"), "Ctrl+G", "next", self.turn
            ),
            PageAction(
                _("Save the lists of the groups"), "Ctrl+S", "save", self.save_lists
            ),
        )
        self.shown: Proposal | None = None
        self.looking = GroupSearch(self)
        self._opened = False
        self.columns = Columns()
        self.overview = Overview(self)
        self.columns.moved.connect(self._move)
        self.columns.held_card.connect(self._ask_fits)
        self.columns.looked.connect(self._look)
        self.columns.asked.connect(self._others)
        self.columns.pinned.connect(self._pin)
        self.columns.closed.connect(self._pin_group)
        self.columns.proposing.connect(self.propose)
        self._stack = QStackedWidget()
        self._board_page = QWidget()
        board = rows(self._rule_bar(), gap=12)
        board.addWidget(self.columns, 1)
        self._board_page.setLayout(board)
        self._stack.addWidget(self._board_page)
        self._stack.addWidget(self.overview)
        self.setLayout(rows(self._stack, margin=(24, 12, 24, 12)))

    def _rule_bar(self) -> QWidget:
        """What holds for the whole proposal; while a card is held, what the group under it says."""
        self._rules = Chip()
        self._numbers = label("", "second", wrap=True)
        self._back = button(
            _("Put back"), self.columns.put_back, "plain", "undo", "Esc"
        )
        self._elsewhere = button(
            _("Other groups"), self.others, "plain", "moved", "Ctrl+B"
        )
        bar = line(self._rules, gap=12, margin=(16, 6, 10, 6))
        bar.addWidget(self._numbers, 1)
        bar.addWidget(self._back)
        bar.addWidget(self._elsewhere)
        self._bar = sheet(bar)
        keys = _(
            "Space picks up a card, ← → choose a group, Space drops it, "
            "Esc puts it back."
        )
        self._bar.setToolTip(
            f"{keys} {_('Ctrl+B or right-click: other groups for this person.')}"
        )
        return self._bar

    def refresh(self) -> None:
        """Ask for the board and the groups."""
        self.ask(boards.board, then=self._show)

    def _show(self, board: Proposal) -> None:
        proposed = bool(board.id) and not (self.shown and self.shown.id)
        self.shown = board
        if board.waiting:
            waiting = many("{n} waiting", "{n} waiting", len(board.waiting))
        else:
            waiting = _("nobody waiting")
        groups = many("{n} group", "{n} groups", len(board.groups))
        words = [_("Round {name}").format(name=board.round.name), waiting]
        if board.id:
            words.append(
                _("proposal with {groups}, nothing is final yet").format(groups=groups)
            )
        self.tell(" · ".join(words))
        self.columns.show_board(board)
        if proposed:
            self._stack.setCurrentWidget(self._board_page)
        self.ask(queries.groups, board.round.id, then=self._show_groups)

    def rest(self) -> None:
        """The rule bar while nothing is held."""
        board = self.shown
        if board is None:
            return
        if board.changed:
            self._rules.tell("warn", _("Propose again"))
        elif board.broken:
            self._rules.tell(
                "stop", many("{n} rule is broken", "{n} rules are broken", board.broken)
            )
        else:
            self._rules.tell(
                "ok" if board.id else "quiet",
                _("No rule is broken") if board.id else _("Not proposed"),
            )
        if self.looking.least[0] == board.id:
            least = self.looking.least[1]
        else:
            least = board.lower_bound
        self._numbers.setText(" · ".join(_numbers(board, least)))

    @Slot(str, str)
    def _look(self, kind: str, words: str) -> None:
        holding = bool(words)
        if holding:
            self._rules.tell(
                kind,
                {"ok": _("May join"), "stop": _("Not possible")}.get(
                    kind, _("Picked up")
                ),
            )
            self._numbers.setText(
                words + (" " + _("Nothing has been moved.") if kind == "stop" else "")
            )
        else:
            self.rest()
        self._back.setVisible(holding)
        self._elsewhere.setVisible(bool(self.shown and self.shown.id))
        self._bar.setProperty("panel", "stop" if kind == "stop" else "sheet")
        self._bar.style().unpolish(self._bar)
        self._bar.style().polish(self._bar)

    @Slot(object)
    def _ask_fits(self, card: Card) -> None:
        if self.shown is not None:
            self.ask(
                alternatives.fits,
                self.shown.id,
                card.id,
                then=partial(self.columns.show_fits, card.id),
            )

    @Slot()
    def others(self) -> None:
        """Where else could this person go?"""
        if self._stack.currentWidget() is self._board_page:
            card = self.columns.current()
        else:
            card = None
        if card is None or self.shown is None or not self.shown.id:
            self.said.emit(_("Choose a person on the board first."))
        else:
            self._others(card)

    @Slot(object)
    def _others(self, card: Card) -> None:
        if self.shown is not None and self.shown.id:
            self.columns.put_back()
            Others(self, self.shown, card).show()

    @Slot()
    def next_place(self) -> None:
        """The groups of the next place and track."""
        self.columns.next_place(1)

    @Slot()
    def previous_place(self) -> None:
        """The groups of the place and track before."""
        self.columns.next_place(-1)

    def _show_groups(self, found: list[GroupRow]) -> None:
        self.overview.show_groups(found)
        if self._opened or self.shown is None:
            return
        self._opened = True  # what is seen first; afterwards the person chooses
        self._stack.setCurrentWidget(
            self.overview if found and not self.shown.id else self._board_page
        )

    @Slot()
    def propose(self) -> None:
        """Look for groups of everybody who waits."""
        self._stack.setCurrentWidget(self._board_page)
        self.looking.propose()

    @Slot()
    def look_again(self) -> None:
        """What is pinned stays, the rest is looked for again."""
        self.looking.again()

    @Slot()
    def compare(self) -> None:
        """The proposals of this round beside each other."""
        from ui.groups.comparing import Comparing

        if self.shown is not None and self.shown.others:
            Comparing(self).show()
        else:
            self.said.emit(
                _(
                    "There is nothing to compare yet: pin what is good, "
                    "then propose again."
                )
            )

    @Slot()
    def why_waiting(self) -> None:
        """Which rules would have to give for everybody of this place to have a group."""
        from ui.groups import giving

        giving.ask(self, self.columns.pool)

    @Slot()
    def pin(self) -> None:
        """The person under the cursor stays when the rest is looked for again, or no longer."""
        card = self.columns.current()
        if card is not None and self.shown is not None and self.shown.id:
            self._pin(card)

    @Slot(object)
    def _pin(self, card: Card) -> None:
        if self.shown is not None:
            self.do(proposing.pin, self.shown.id, self.shown.version, card.id)

    @Slot(int)
    def _pin_group(self, number: int) -> None:
        if self.shown is not None:
            self.do(proposing.pin_group, self.shown.id, self.shown.version, number)

    @Slot(object, object)
    def _move(self, person_id: int, to: int | None) -> None:
        if self.shown is not None and self.shown.id:
            self.do(proposing.move, self.shown.id, self.shown.version, person_id, to)

    @Slot()
    def accept(self) -> None:
        """Make the groups of the proposal; the day of the first sessions is asked for."""
        if self.shown is None or not self.shown.id:
            self.said.emit(_("No groups have been proposed yet: propose groups first."))
            return
        form = Form(
            [
                Field("starts", _("Week of the first sessions"), "date", needed=True),
                joining.meeting_day(),
            ],
            columns=1,
        )
        today = clock.day_of(clock.now())
        form.show_values(
            {"starts": max(today + timedelta(days=7), self.shown.round.plan.starts)}
        )
        dialog = Dialog(
            self,
            _("Accept groups"),
            form,
            _("Accept groups"),
            420,
            ends_in=proposing.accept,
            about=self.shown.id,
        )
        dialog.accepted_with.connect(partial(self._accept, dialog))
        dialog.show()

    def _accept(self, dialog: Dialog, values: FormValues) -> None:
        board = self.shown
        if board is not None:
            self.desk.do(
                dialog,
                proposing.accept,
                board.id,
                board.version,
                values["starts"],
                values["weekday"],
                then=partial(self._accepted, dialog),
                failed=dialog.failed,
            )

    def _accepted(self, dialog: Dialog, _ids: list[int]) -> None:
        dialog.well()
        self._stack.setCurrentWidget(self.overview)

    @Slot()
    def keep_apart(self) -> None:
        """Two people who must never be in one group; the reason is a code, and is not shown here."""
        self._pair(actions.keep_apart, pairs.apart)

    @Slot()
    def keep_together(self) -> None:
        """Two people who come to the same group."""
        self._pair(actions.keep_together, pairs.together)

    def _pair(self, action: Door, ask: Callable[["Groups"], pairs.Pairs]) -> None:
        if self.may(action):
            ask(self).show()
        else:
            self.said.emit(_("Your account is not allowed to do this."))

    @Slot()
    def place_late(self) -> None:
        """A place in a running group for everybody who waits."""
        from ui.groups import late

        late.ask(self)

    @Slot()
    def show_people_lists(self) -> None:
        """Who is in which group, and the other lists of people."""
        ListWindow(self, ListRequest("groups")).show()

    @Slot()
    def save_lists(self) -> None:
        """Group lists, call list and facilitator sheets as PDF, into a folder that the person names."""
        title = _("Save the lists in")
        save_into(self, self.desk, "group papers", title, self.write_lists)

    def write_lists(self, folder: Path, to: Recipient = OWN) -> None:
        """Write the lists of the round's groups."""
        if self.shown is None:
            return
        said = _(
            "Saved in {folder}: group lists, call list, facilitator sheets"
        ).format(folder=folder)

        def made(papers: group_documents.GroupPapers) -> None:
            keep(self, papers.outgoing(to), papers.files(folder), said)

        self.work(
            _("Saving the lists"),
            group_documents.group_papers,
            self.desk.office,
            self.shown.round.id,
            then=made,
            takes_progress=False,
        )

    @Slot()
    def turn(self) -> None:
        """Between the board and the groups."""
        if self._stack.currentWidget() is self._board_page:
            other = self.overview
        else:
            other = self._board_page
        self._stack.setCurrentWidget(other)

    def show_item(self, item: object) -> None:
        """A group by id."""
        if isinstance(item, int):
            self._opened = True
            self._stack.setCurrentWidget(self.overview)
            self.overview.show_group(item)


def _numbers(board: Proposal, least: float | None) -> list[str]:
    """A proposal in numbers, as words."""
    if not board.id:
        return [_("No groups have been proposed yet.")]
    if board.changed:
        what = "{n} person of this proposal has left, moved or been placed since."
        return [
            many(
                what,
                "{n} people in this proposal have since left, moved or been placed.",
                board.changed,
            )
        ]
    placed = sum(len(group.cards) for group in board.groups)
    words = [many("{n} person placed", "{n} people placed", placed)]
    if outside := sum(bool(group.warnings) for group in board.groups):
        words.append(
            many(
                "{n} group outside the preferred size",
                "{n} groups outside the preferred size",
                outside,
            )
        )
    if least is not None and board.first_cost:
        better = max(0.0, (board.first_cost - least) / board.first_cost)
        proved = _("proven: at most {n} % better is possible").format(
            n=f"{100 * better:.0f}"
        )
        words.append(
            proved if better >= 0.005 else _("proven: no better groups are possible")
        )
    if abs(own := board.cost - board.first_cost) >= 0.05:
        words.append(_("your moves: {n:+.1f}").format(n=own))
    return words
