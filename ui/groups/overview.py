"""The groups of a round: the list, and one group with its people, facilitators and planned sessions."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from cbs_desktop.facilitators import queries as facilitators
from cbs_desktop.facilitators.queries import FacilitatorRow
from cbs_desktop.groups import actions, queries
from cbs_desktop.groups.queries import GroupFacts, GroupRow, Member
from cbs_desktop.words import _
from ui.groups import joining
from ui.vocabulary import SEXES, TRACKS, full_day, short_day, weekday, word
from ui.widgets.dialog import Dialog
from ui.widgets.form import Field, Form, FormValues
from ui.widgets.parts import Facts, button, label, line, rows, rule, sheet
from ui.widgets.table import Column, Table

if TYPE_CHECKING:
    from ui.groups.board import Groups


def _groups_table() -> Table:
    return Table(
        _("Groups in this round"),
        [
            Column(
                "",
                lambda one: str(one.number),
                right=True,
                width=44,
                sort=lambda one: one.number,
            ),
            Column(_("Group"), lambda one: one.name, strong=True, width=130),
            Column(_("Place"), lambda one: one.place, stretch=True, width=170),
            Column(_("Track"), lambda one: word(TRACKS, one.track), width=76),
            Column(
                _("People"),
                lambda one: f"{one.size} ({one.women} F)",
                width=86,
                sort=lambda one: one.size,
            ),
        ],
    )


def _members_table() -> Table:
    return Table(
        _("Group members"),
        [
            Column(_("Number"), lambda one: one.number, width=104),
            Column(
                _("Name"),
                lambda one: one.name,
                strong=True,
                stretch=True,
                width=170,
            ),
            Column(
                _("Sex, age"),
                _sex_and_age,
                width=72,
            ),
            Column("", chip=_left, width=112),
        ],
    )


def _sex_and_age(member: Member) -> str:
    age = "?" if member.age is None else member.age
    return f"{member.sex} {age}"


def _left(member: Member) -> tuple[str, str]:
    if not member.left_on:
        return "", ""
    return "quiet", _("left {day}").format(day=short_day(member.left_on))


def _facts(group: GroupRow) -> list[tuple[str, str]]:
    """What is known of a group, as words and values."""
    meets = _("{day}, from {start}").format(
        day=weekday(group.weekday), start=full_day(group.starts)
    )
    people = _("{n}: {women} women, {men} men").format(
        n=group.size, women=group.women, men=group.men
    )
    return [
        (_("Place"), group.place),
        (_("Venue"), group.venue),
        (_("Meets"), meets),
        (_("Facilitators"), ", ".join(group.facilitators) or _("none yet")),
        (_("People"), people),
    ]


class Overview(QWidget):
    """List and group beside each other."""

    def __init__(self, screen: "Groups") -> None:
        super().__init__()
        self._screen = screen
        self._groups: list[GroupRow] = []
        self._facts: GroupFacts | None = None
        self._wanted: int | None = None
        self.table = _groups_table()
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(self._open_grid)
        self._name = label("", "title")
        self._about = Facts()
        self._lines = label("", "small", wrap=True)
        self.members = _members_table()
        self._build()

    def _build(self) -> None:
        whole_group = line(
            button(_("Attendance"), self._open_grid, "main", "attendance"),
            button(_("Edit group"), self._change, "", "edit"),
            button(_("Add a person"), self._join, "", "new"),
            None,
        )
        reschedule = _("Reschedule a session")
        one_person = line(
            button(_("Move this person"), self._transfer, "plain", "moved"),
            button(_("Remove from the group"), self._leave, "plain", "left"),
            None,
            button(_("Reschedule…"), self._shift, "plain", "calendar", reschedule),
            gap=16,
        )
        right = rows(
            self._name,
            self._about,
            self._lines,
            whole_group,
            rule(),
            gap=8,
            margin=(16, 14, 16, 0),
        )
        box = rows(gap=4, margin=(0, 0, 0, 8))
        box.addLayout(right)
        box.addWidget(self.members, 1)
        box.addLayout(rows(one_person, margin=(10, 0, 10, 0)))
        whole = line(gap=16)
        whole.addWidget(sheet(rows(self.table, margin=(0, 8, 0, 8))), 6)
        whole.addWidget(sheet(box), 5)
        self.setLayout(whole)

    def show_groups(self, found: list[GroupRow]) -> None:
        """Show the groups of the round."""
        self._groups = found
        self.table.show_rows(found)
        if not found:
            self._name.setText(_("No groups yet"))
        elif self._wanted is not None:
            self.show_group(self._wanted)

    def show_group(self, group_id: int) -> None:
        """Put the cursor on a group, or do so as soon as the groups are there."""
        place = next(
            (i for i, one in enumerate(self.table.rows) if one.id == group_id), None
        )
        self._wanted = group_id if place is None and not self.table.rows else None
        if place is not None:
            self.table.choose(place)

    def _choose(self, row: GroupRow | None) -> None:
        if row is not None:
            self._screen.ask(queries.group, row.id, then=self._show)

    def _show(self, facts: GroupFacts) -> None:
        self._facts = facts
        row = facts.row
        track = word(TRACKS, row.track)
        self._name.setText(f"{row.name} · {track}")
        self._about.show_facts(_facts(row))
        days = [short_day(day) for _number, day, _phase in facts.sessions]
        planned = _("Planned sessions: {days}")
        self._lines.setText(planned.format(days=", ".join(days)))
        self.members.show_rows(facts.members, key=lambda one: one.person_id)

    def _open_grid(self, *_row: object) -> None:
        if self._facts is not None:
            self._screen.opens.emit("attendance", self._facts.row.id)

    def _change(self) -> None:
        if self._facts is not None:
            self._screen.ask(
                facilitators.facilitators, then=partial(self._ask_change, self._facts)
            )

    def _ask_change(self, facts: GroupFacts, people: list[FacilitatorRow]) -> None:
        choices: list[tuple[int | None, str]] = [(None, _("nobody"))]
        choices += [
            (one.id, f"{one.name}, {word(SEXES, one.details.sex)}, {one.place}")
            for one in people
            if one.details.active
        ]
        by_name = {one.name: one.id for one in people}
        led = [by_name.get(name) for name in (*facts.row.facilitators, "", "")]
        form = Form(
            [
                Field("name", _("Group name"), needed=True),
                Field("venue", _("Venue")),
                Field(
                    "weekday",
                    _("Meeting day"),
                    "choice",
                    choices=[(day, weekday(day)) for day in range(7)],
                    span=2,
                ),
                Field(
                    "first", _("First facilitator"), "choice", choices=choices, span=2
                ),
                Field(
                    "second", _("Second facilitator"), "choice", choices=choices, span=2
                ),
            ]
        )
        row = facts.row
        form.show_values(
            {
                "name": row.name,
                "venue": row.venue,
                "weekday": row.weekday,
                "first": led[0],
                "second": led[1],
            }
        )
        dialog = Dialog(
            self,
            _("Edit {group}").format(group=facts.row.name),
            form,
            _("Save changes"),
            ends_in=actions.change_group,
            about=facts.row.id,
        )
        dialog.accepted_with.connect(partial(self._save, dialog, facts.row.id))
        dialog.show()

    def _save(self, dialog: Dialog, group_id: int, values: FormValues) -> None:
        leads = [
            i
            for i in dict.fromkeys((values["first"], values["second"]))
            if i is not None
        ]
        dialog.send(
            self._screen.desk,
            actions.change_group,
            group_id,
            values["name"],
            values["venue"],
            leads,
            values["weekday"],
        )

    def _shift(self) -> None:
        if self._facts is not None:
            joining.shift(self._screen, self._facts)

    def _member(self) -> Member | None:
        member = self.members.current()
        if member is None or member.left_on:
            self._screen.said.emit(_("Choose somebody who is currently in the group."))
            return None
        return member

    def _transfer(self) -> None:
        if self._facts is not None and (member := self._member()) is not None:
            joining.transfer(self._screen, member, self._facts, self._groups)

    def _leave(self) -> None:
        if self._facts is not None and (member := self._member()) is not None:
            joining.leave(self._screen, member, self._facts)

    def _join(self) -> None:
        if self._facts is not None:
            joining.join(self._screen, self._facts)
