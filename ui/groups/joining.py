"""People and a group: moving to another one, joining late, leaving; and shifting its sessions."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from cbs_desktop import clock
from cbs_desktop.action import Door
from cbs_desktop.groups import actions, forming, rules
from cbs_desktop.groups.proposals import boards
from cbs_desktop.groups.proposals.boards import Board
from cbs_desktop.groups.queries import GroupFacts, GroupRow, Member
from cbs_desktop.words import _, many
from ui.vocabulary import full_day, weekday
from ui.widgets.dialog import Dialog
from ui.widgets.form import Field, Form, FormValues

if TYPE_CHECKING:
    from ui.groups.board import Groups


def _open(
    screen: "Groups",
    title: str,
    do_it: str,
    fields: list[Field],
    save: Callable[[Dialog, FormValues], None],
    ends_in: Door,
    about: int,
) -> None:
    """A dialog of one small form, that hands itself and its values to `save`."""
    form = Form(fields)
    form.show_values({"on": clock.day_of(clock.now())})
    dialog = Dialog(screen, title, form, do_it, ends_in=ends_in, about=about)

    dialog.accepted_with.connect(partial(save, dialog))
    dialog.show()


def transfer(
    screen: "Groups", member: Member, facts: GroupFacts, groups: list[GroupRow]
) -> None:
    """Ask to which group and from which day; groups of the same place stand first."""
    others = sorted(
        (one for one in groups if one.id != facts.row.id),
        key=lambda one: one.place != facts.row.place,
    )
    choices = [
        (
            one.id,
            f"{one.name} · {one.place} · {many('{n} person', '{n} people', one.size)}",
        )
        for one in others
    ]
    fields = [
        Field("group", _("To which group"), "choice", choices=choices, span=2),
        Field("on", _("From"), "date", needed=True),
    ]
    title = _("Move {name}").format(name=member.name)
    _open(
        screen,
        title,
        _("Move"),
        fields,
        lambda dialog, v: dialog.send(
            screen.desk, actions.transfer, member.person_id, v["group"], v["on"]
        ),
        actions.transfer,
        member.person_id,
    )


def leave(screen: "Groups", member: Member, facts: GroupFacts) -> None:
    """Ask from which day and why; the person stays in the programme and waits."""
    reasons = [(code, _(code)) for code in rules.LEAVING_GROUP if code != "transfer"]
    fields = [
        Field("on", _("From"), "date", needed=True),
        Field("reason", _("Reason"), "choice", choices=reasons),
    ]
    title = _("{name} leaves {group}").format(name=member.name, group=facts.row.name)
    person = member.person_id
    group = facts.row.id
    _open(
        screen,
        title,
        _("Leave the group"),
        fields,
        lambda dialog, v: dialog.send(
            screen.desk, actions.remove, person, group, v["on"], v["reason"]
        ),
        actions.remove,
        person,
    )


def join(screen: "Groups", facts: GroupFacts) -> None:
    """Ask who of those who wait joins the group, and from which day."""
    screen.ask(boards.board, then=partial(_ask_join, screen, facts))


def _ask_join(screen: "Groups", facts: GroupFacts, board: Board) -> None:
    cards = [*board.waiting, *(card for group in board.groups for card in group.cards)]
    if not cards:
        screen.said.emit(
            _(
                "Nobody eligible is without a group. Make decisions under Screening first."
            )
        )
        return
    near = sorted(
        cards, key=lambda card: (not card.place.startswith(facts.row.place), card.name)
    )
    fields = [
        Field(
            "person",
            _("Person joining"),
            "choice",
            choices=[(c.id, f"{c.name} · {c.place}") for c in near],
            span=2,
        ),
        Field("on", _("From"), "date", needed=True),
    ]
    title = _("Add a person to {group}").format(group=facts.row.name)
    _open(
        screen,
        title,
        _("Add"),
        fields,
        lambda dialog, v: dialog.send(
            screen.desk, actions.add_late, v["person"], facts.row.id, v["on"]
        ),
        actions.add_late,
        facts.row.id,
    )


def meeting_day() -> Field:
    """The day on which new groups meet: the one proposed for each, or one for all. Sunday only if somebody chooses it."""
    choices: list[tuple[object, str]] = [(None, _("The day that suits each group"))]
    for day in range(7):
        choices.append((day, weekday(day)))
    help_ = _("By the days that members and facilitators gave; never Sunday by itself.")
    return Field("weekday", _("Meeting day"), "choice", help_, choices=choices)


def shift(screen: "Groups", facts: GroupFacts) -> None:
    """Plan a session that is still to come for another day; those after it may follow."""
    today = clock.day_of(clock.now())
    to_come = [(number, day) for number, day, _phase in facts.sessions if day >= today]
    if not to_come:
        screen.said.emit(_("This group has no more sessions to come."))
        return
    choices = [
        (number, _("Session {n}, {day}").format(n=number, day=full_day(day)))
        for number, day in to_come
    ]
    form = Form(
        [
            Field("number", _("Session"), "choice", choices=choices),
            Field(
                "to",
                _("New day"),
                "date",
                needed=True,
                help=_("Holidays and other free days cannot be chosen"),
            ),
            Field("rest", _("Later sessions follow week by week"), "yes", span=2),
        ]
    )
    form.show_values({"to": to_come[0][1] + timedelta(days=7), "rest": True})
    dialog = Dialog(
        screen,
        _("Reschedule a session of {group}").format(group=facts.row.name),
        form,
        _("Reschedule"),
        560,
        ends_in=forming.shift,
        about=facts.row.id,
    )

    def save(values: FormValues) -> None:
        dialog.send(
            screen.desk,
            forming.shift,
            facts.row.id,
            values["number"],
            values["to"],
            values["rest"],
        )

    dialog.accepted_with.connect(save)
    dialog.show()
