"""Keeps what is typed into a form while it is typed, and offers what was typed before and not saved."""

import secrets
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QFrame, QWidget

from cbs_desktop.problems import say
from cbs_desktop.words import _
from ui.vocabulary import full_day
from ui.widgets.parts import button, label, line

if TYPE_CHECKING:
    from cbs_desktop.action import Door
    from cbs_desktop.drafts.queries import HalfTyped, Typed
    from ui.desk import Desk

AFTER = 700  # milliseconds after the last key
AT_LATEST = 3_000  # milliseconds of steady typing


class OfferLine(QFrame):
    """At the top of a form: who typed what before, when, with Continue and Discard."""

    def __init__(self, go_on: Callable[[], None], discard: Callable[[], None]) -> None:
        super().__init__()
        self.setProperty("panel", "info")
        self.words = label("", wrap=True)
        self.go_on = button(_("Continue"), go_on, "main", tip="Alt+C")
        self.discard = button(_("Discard"), discard, tip="Alt+D")
        self.go_on.setShortcut("Alt+C")
        self.discard.setShortcut("Alt+D")
        box = line(gap=8, margin=(12, 6, 8, 6))
        box.addWidget(self.words, 1)
        box.addWidget(self.go_on)
        box.addWidget(self.discard)
        self.setLayout(box)
        self.hide()

    def offer(self, one: "HalfTyped") -> None:
        """Say what there is; another person's is thrown away only at a second press."""
        self.discard.setText(_("Discard"))
        self._tell(_sentence(one), buttons=True)

    def warn(self, name: str) -> None:
        """Ask once more before what somebody else typed is thrown away."""
        self.discard.setText(_("Discard what {name} entered").format(name=name))

    def tell(self, words: str) -> None:
        """A sentence without buttons; none hides the line."""
        self._tell(words, buttons=False)

    def _tell(self, words: str, buttons: bool) -> None:
        self.words.setText(words)
        self.go_on.setVisible(buttons)
        self.discard.setVisible(buttons)
        self.setVisible(bool(words))


class Keeper(QObject):
    """One form's half-typed content. It is saved beside the window's thread, shortly after the last key.

    `read` gives what was typed and not saved, empty for nothing; `show` puts it back and gives what no longer fits.
    """

    def __init__(
        self,
        owner: QWidget,
        read: "Callable[[], Typed]",
        show: "Callable[[Typed], list[str]]",
    ) -> None:
        super().__init__(owner)
        self.line = OfferLine(self.go_on, self.discard)
        self._owner = owner
        self._read = read
        self._show = show
        self._desk: Desk | None = None
        self._about = ("", 0)
        self._id = 0
        self._kept = self._failing = self._warned = False
        self._offered: list[HalfTyped] = []
        self._soon = self._timer(AFTER)
        self._now = self._timer(AT_LATEST)

    def _timer(self, after: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after)
        timer.timeout.connect(self.keep)
        return timer

    def begin(self, desk: "Desk", ends_in: "Door", about: int = 0) -> None:
        """A form was opened that ends in this action: from now on it is kept, and what there is of it is offered."""
        from cbs_desktop.drafts.queries import offered

        self.leave()
        if not desk.office.may(ends_in):
            return
        self._desk = desk
        self._about = (vars(ends_in)["name"], about)
        self._renew()
        desk.ask(self, offered, *self._about, then=partial(self._offer, self._about))

    def _renew(self) -> None:
        self._id = secrets.randbits(62)
        self._kept = False

    def touched(self) -> None:
        """Something was typed."""
        if self._desk is not None:
            self._soon.start()
            if not self._now.isActive():
                self._now.start()

    @Slot()
    def keep(self) -> None:
        """Save what stands there now."""
        from cbs_desktop.drafts import actions

        self._stop()
        if self._desk is None or self._desk.closed:
            return
        values = self._read()
        if values:
            self._kept = True
            form, about = self._about
            self._desk.do(
                self,
                actions.keep,
                self._id,
                form,
                about,
                values,
                then=self._well,
                failed=self._failed,
            )
        elif self._kept:
            self.throw_away()

    def _stop(self) -> None:
        self._soon.stop()
        self._now.stop()

    def leave(self) -> None:
        """The form is left for another one, and what was typed stays kept."""
        if self._soon.isActive() or self._now.isActive():
            self.keep()
        self._desk = None
        self._offered = []
        self.line.hide()

    def throw_away(self) -> None:
        """It was saved, or is not wanted: what was kept of it goes. The next key begins anew."""
        self._stop()
        if self._kept and self._desk is not None:
            self._drop(self._id)
        self._renew()

    def _drop(self, draft_id: int) -> None:
        from cbs_desktop.drafts import actions

        if self._desk is not None and not self._desk.closed:
            self._desk.do(self._desk, actions.drop, draft_id)

    def _well(self, _value: object) -> None:
        if self._failing:
            self._failing = False
            self.line.tell("")

    def _failed(self, problem: BaseException) -> None:
        """Said once, and tried again at the next key."""
        if not self._failing:
            self._failing = True
            words = _("What you type is not kept for a power cut: {why}")
            self.line.tell(words.format(why=say(problem)))

    # --- what there is

    def _offer(self, about: tuple[str, int], found: "list[HalfTyped]") -> None:
        if about == self._about and self._desk is not None:
            self._offered = [one for one in found if one.id != self._id]
            self._offer_next()

    def _offer_next(self) -> None:
        self._warned = False
        if self._offered:
            self.line.offer(self._offered[0])
        else:
            self.line.tell("")

    @Slot()
    def go_on(self) -> None:
        """Take up what is offered."""
        from cbs_desktop.drafts import actions

        if self._offered and self._desk is not None:
            one = self._offered.pop(0)
            self._desk.do(
                self,
                actions.take_over,
                one.id,
                then=partial(self._taken, one),
                failed=self._gone,
            )

    def _taken(self, one: "HalfTyped", _value: object) -> None:
        self.throw_away()
        self._id = one.id
        self._kept = True
        if self._show(one.values):
            words = _("Some of it does not fit this form any more and was left out.")
            self.line.tell(words)
        else:
            self.line.tell("")
        self.touched()

    def _gone(self, problem: BaseException) -> None:
        self.line.tell(str(say(problem)))

    @Slot()
    def discard(self) -> None:
        """Throw away what is offered."""
        if not self._offered:
            return
        one = self._offered[0]
        if not one.mine and not self._warned:
            self._warned = True
            self.line.warn(one.typed_by)
            return
        self._drop(one.id)
        self._offered.pop(0)
        self._offer_next()


def moment(at: datetime) -> str:
    """A moment as sentences say it, by the clock of this place: 12 May 2026 at 14:03."""
    here = at.astimezone()
    return _("{day} at {time}").format(day=full_day(here.date()), time=f"{here:%H:%M}")


def _sentence(one: "HalfTyped") -> str:
    at = moment(one.began_at)
    if one.mine:
        said = _("You began this form on {moment}.").format(moment=at)
    else:
        words = _("{name} began this form on {moment}.")
        said = words.format(name=one.typed_by, moment=at)
    if one.changed_at is None:
        return said
    changed = _(
        "Since then {name} has changed the record, on {moment}: check before you save."
    )
    facts = {"name": one.changed_by, "moment": moment(one.changed_at)}
    return f"{said} {changed.format(**facts)}"


def desk_of(widget: QWidget | None) -> "Desk | None":
    """The desk of the screen or window that a widget stands in."""
    while widget is not None:
        if hasattr(widget, "desk"):
            return cast("Desk", widget.desk)  # type: ignore[attr-defined]
        widget = widget.parentWidget()
    return None
