"""One mark, whole: its remark, its correction with a reason, and its history."""

from datetime import datetime

from PySide6.QtWidgets import QWidget

from cbs_desktop.attendance import actions
from cbs_desktop.attendance.details import Cell, CellChange
from cbs_desktop.attendance.queries import MemberRow, SessionColumn
from cbs_desktop.programmes.marks import MarkSet
from cbs_desktop.words import _
from ui.screen import Screen
from ui.vocabulary import mark_word
from ui.widgets.dialog import Dialog
from ui.widgets.form import Field, Form, FormValues
from ui.widgets.half_typed import moment
from ui.widgets.parts import label, rows, scrolled

_N = str  # marks a word for the catalogues; it is translated when it is shown
_REASONS = {
    "typing error": _N("A typing error"),
    "paper read late": _N("The paper came or was read late"),
    "wrong person": _N("Another person was marked"),
    "told by the facilitator": _N("The facilitator told us"),
}
_HISTORY_HIGH = 180  # pixels


def ask_cell(
    screen: Screen,
    column: SessionColumn,
    row: MemberRow,
    marks: MarkSet,
    found: Cell,
) -> None:
    """Open a cell of the grid; it saves what was changed of the mark and of the remark."""
    form = _form(marks, found)
    inside = QWidget()
    box = rows(form, gap=14)
    box.addWidget(label(_("History"), "strong"))
    box.addWidget(_history(found.changes, marks))
    inside.setLayout(box)
    title = _("{name}, session {n}").format(name=row.name, n=column.number)
    dialog = Dialog(screen, title, inside, _("Save"))

    def save(_nothing: FormValues) -> None:
        _save(screen, dialog, (column.id, row.person_id), found, form.values())

    dialog.accepted_with.connect(save)
    dialog.show()


def _form(marks: MarkSet, found: Cell) -> Form:
    letters: list[tuple[object, str]] = [("", mark_word(marks, ""))]
    for letter in marks.letters:
        letters.append((letter, f"{letter}  {mark_word(marks, letter)}"))
    fields = [Field("mark", _("Mark"), "choice", choices=letters)]
    if found.closed:
        reasons: list[tuple[object, str]] = [("", _("Please choose"))]
        for code, text in _REASONS.items():
            reasons.append((code, _(text)))
        why = _("This register was typed more than two weeks ago.")
        fields.append(
            Field(
                "reason",
                _("Reason for a correction"),
                "choice",
                help=why,
                choices=reasons,
            )
        )
    words = _("Remark (nothing that was said in the circle)")
    fields.append(Field("words", words, span=2))
    form = Form(fields)
    form.show_values({"mark": found.mark, "reason": "", "words": found.remark})
    return form


def _save(
    screen: Screen,
    dialog: Dialog,
    where: tuple[int, int],
    found: Cell,
    values: FormValues,
) -> None:
    """The mark first; the remark only when that went well, so that one refusal keeps all that was typed."""
    mark = values["mark"]
    remark = values["words"] != found.remark

    def then(*_result: object) -> None:
        if remark:
            dialog.send(screen.desk, actions.remark, *where, values["words"])
        else:
            dialog.well()

    if mark == found.mark:
        then()
    elif found.closed:
        reason = values["reason"]
        screen.do(
            actions.correct, *where, mark, reason, then=then, failed=dialog.failed
        )
    else:
        screen.do(actions.mark, *where, mark, then=then, failed=dialog.failed)


def _history(changes: tuple[CellChange, ...], marks: MarkSet) -> QWidget:
    inside = QWidget()
    box = rows(gap=6)
    for change in changes:
        before = mark_word(marks, change.before)
        after = mark_word(marks, change.after)
        box.addWidget(
            label(
                f"{moment(datetime.fromisoformat(change.at))} · {change.account} · {before} → {after}"
            )
        )
        box.addWidget(label(change.done, "small", wrap=True))
    if not changes:
        box.addWidget(label(_("Nobody has marked this cell yet."), "small"))
    box.addStretch(1)
    inside.setLayout(box)
    scroll = scrolled(inside)
    scroll.setMaximumHeight(_HISTORY_HIGH)
    scroll.setAccessibleName(_("History of this mark"))
    return scroll
