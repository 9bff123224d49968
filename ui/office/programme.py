"""Forms for a round and for the figures of the programme."""

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

from cbs_desktop.programmes.rules import RoundPlan, Rules
from cbs_desktop.words import _
from ui.screen import Screen
from ui.widgets.dialog import Dialog
from ui.widgets.form import Field, Form


def ask_round(
    screen: Screen,
    title: str,
    plan: RoundPlan | None,
    save: Callable[[Dialog, RoundPlan], None],
) -> None:
    """Name, dates and targets of a round."""
    form = Form(
        [
            Field("name", _("Name of the round"), needed=True, help=_("Short: 2027A")),
            Field("starts", _("First day"), "date", needed=True),
            Field("ends", _("Last day, with the graduation"), "date", needed=True),
            Field("target_women", _("Target: women"), "number"),
            Field("target_men", _("Target: men"), "number"),
            Field("target_youth", _("Target: youth"), "number"),
            Field("target_adults", _("Target: adults"), "number"),
        ]
    )
    if plan:
        values = {f.name: getattr(plan, f.name) for f in fields(RoundPlan)}
    else:
        values = {f.name: 0 for f in fields(RoundPlan) if "target" in f.name}
    form.show_values(values)
    dialog = Dialog(screen, title, form, _("Save"))

    def finish(typed: dict[str, Any]) -> None:
        targets = {
            key: value or 0 if value in (None, "") else value
            for key, value in typed.items()
            if "target" in key
        }
        save(dialog, RoundPlan(**{**typed, **targets}))

    dialog.accepted_with.connect(finish)
    dialog.show()


def ask_rules(
    screen: Screen, found: Rules, save: Callable[[Dialog, Rules], None]
) -> None:
    """The figures of a programme; each is a setting."""
    words = {
        "title": _("Title"),
        "every_days": _("Days between sessions"),
        "size_least": _("Group: at least"),
        "size_target": _("Group: target"),
        "size_most": _("Group: at most"),
        "size_stop": _("Group: never above"),
        "pool_least": _("Fewer people than this wait"),
        "complete_at": _("Sessions attended to complete"),
        "near_miss": _("Missing so many is nearly"),
        "join_until": _("Joining until session"),
        "youth_from": _("Youth from, years"),
        "youth_to": _("Youth to, years"),
    }
    form = Form(
        [
            Field(
                key,
                text,
                "text" if key == "title" else "number",
                needed=True,
                span=2 if key == "title" else 1,
            )
            for key, text in words.items()
        ]
    )
    form.show_values({key: getattr(found, key) for key in words})
    dialog = Dialog(screen, _("Figures of the programme"), form, _("Save"), tall=True)
    dialog.accepted_with.connect(lambda values: save(dialog, replace(found, **values)))
    dialog.show()


def targets(plan: RoundPlan) -> str:
    """The targets of a round, in words."""
    return _("target {women} women, {men} men, {youth} youth, {adults} adults").format(
        women=plan.target_women,
        men=plan.target_men,
        youth=plan.target_youth,
        adults=plan.target_adults,
    )


def rule_facts(r: Rules) -> list[tuple[str, str]]:
    """The figures of a programme as pairs of word and value."""
    size = _("{least} to {most}, target {target}, never above {stop}").format(
        least=r.size_least, most=r.size_most, target=r.size_target, stop=r.size_stop
    )
    return [
        (_("Programme"), r.title),
        (
            _("Sessions"),
            _("{n}, every {days} days").format(n=r.sessions, days=r.every_days),
        ),
        (_("Group size"), size),
        (
            _("Completion"),
            _("{n} of {m} sessions held").format(n=r.complete_at, m=r.sessions),
        ),
        (
            _("Youth"),
            _("{first} to {last} years").format(first=r.youth_from, last=r.youth_to),
        ),
        (_("Phases"), ", ".join(f"{_(name)} {n}" for name, n in r.phases)),
    ]
