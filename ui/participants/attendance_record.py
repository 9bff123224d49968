"""Somebody's attendance across all groups and rounds, session by session."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cbs_desktop.attendance.person_record import GroupRecord, MarkedSession
from cbs_desktop.words import _
from ui.screen import Screen
from ui.vocabulary import completion_sum, full_day, mark_word, short_day
from ui.widgets.dialog import Dialog
from ui.widgets.parts import label, rows


def show_attendance(screen: Screen, name: str, found: list[GroupRecord]) -> None:
    """Open the record of a person."""
    inside = QWidget()
    box = rows(gap=6)
    for record in found:
        _add_group(box, record)
    if not found:
        box.addWidget(label(_("In no group yet.")))
    box.addStretch(1)
    inside.setLayout(box)
    title = _("Attendance of {name}").format(name=name)
    dialog = Dialog(screen, title, inside, _("Close"), tall=True)
    dialog.accepted_with.connect(dialog.well)
    dialog.show()


def _add_group(box: QVBoxLayout, record: GroupRecord) -> None:
    head = f"{record.group} · {record.round}"
    if record.left_on:
        left = _("left {day}").format(day=full_day(record.left_on))
        head = f"{head} · {left}"
    box.addWidget(label(head, "head"))
    box.addWidget(label(completion_sum(record.completion), "strong"))
    for session in record.sessions:
        box.addWidget(label(_said(session, record), wrap=True))


def _said(session: MarkedSession, record: GroupRecord) -> str:
    """A session in a line: its number and day, the mark in words, and the remark."""
    head = _("{n}, {day}").format(n=session.number, day=short_day(session.day))
    if session.status in ("cancelled", "postponed"):
        mark = _(session.status)
    else:
        mark = mark_word(record.marks, session.mark)
    return ": ".join((head, ", ".join(filter(None, (mark, session.remark)))))
