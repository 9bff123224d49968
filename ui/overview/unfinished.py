"""The half-typed forms on Home, each with a button that opens it again."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from cbs_desktop.drafts.queries import Unfinished
from cbs_desktop.words import _
from ui.widgets.half_typed import moment
from ui.widgets.parts import button, label, line, picture, rows

_N = str  # marks words for the catalogues
# the action that a form ends in → (what it is, the place that opens it)
_FORMS = {
    "participants.register": (_N("New person"), "participants"),
    "participants.change": (_N("Change of a person"), "participants"),
    "screening.decide": (_N("Decision"), "screening"),
    "screening.follow_up": (_N("Safety card"), "screening"),
    "screening.close_card": (_N("Safety card"), "screening"),
}
_SHOWN = 4


def openable(found: list[Unfinished]) -> list[Unfinished]:
    """The latest of those that can be opened from here."""
    return [one for one in found if one.form in _FORMS][:_SHOWN]


def shown(one: Unfinished, opens: Callable[[str, object], object]) -> QWidget:
    """A half-typed form as a thing to do."""
    what, place = _FORMS[one.form]
    words = _("Not saved: {what}, {name}") if one.name else _("Not saved: {what}")
    title = words.format(what=_(what), name=one.name)
    if one.mine:
        words = _("You began this form on {moment}.")
    else:
        words = _("{name} began this form on {moment}.")
    about = words.format(name=one.typed_by, moment=moment(one.began_at))
    go = button(_("Open"), partial(opens, place, one))
    go.setAccessibleName(f"{title}: {_('Open')}")
    box = line(picture("edit", "info", 24), gap=14, margin=(18, 14, 16, 14))
    texts = rows(
        label(title, "strong", wrap=True), label(about, "small", wrap=True), gap=2
    )
    box.addLayout(texts, 1)
    box.addWidget(go)
    made = QWidget()
    made.setLayout(box)
    return made
