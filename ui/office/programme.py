"""Forms for a round and for the figures of the programme."""

from collections.abc import Callable
from dataclasses import fields, replace

from cbs_desktop.action import Door
from cbs_desktop.programmes.rules import RoundPlan, Rules
from cbs_desktop.words import _
from ui.screen import Screen
from ui.vocabulary import mark_word
from ui.widgets.dialog import Dialog
from ui.widgets.form import Field, Form, FormValues


def ask_round(
    screen: Screen,
    title: str,
    plan: RoundPlan | None,
    save: Callable[[Dialog, RoundPlan], None],
    ends_in: Door,
    about: int = 0,
) -> None:
    """Name, dates and targets of a round, new or `about` one; `save` is given them for the action it ends in."""
    form = Form(
        [
            Field(
                "name",
                _("Round name"),
                needed=True,
                help=_("A short name, such as 2027A"),
            ),
            Field("starts", _("First day"), "date", needed=True),
            Field("ends", _("Last day, including graduation"), "date", needed=True),
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
    dialog = Dialog(screen, title, form, _("Save"), ends_in=ends_in, about=about)

    def finish(typed: FormValues) -> None:
        targets = {
            key: value or 0 if value in (None, "") else value
            for key, value in typed.items()
            if "target" in key
        }
        save(dialog, RoundPlan(**{**typed, **targets}))

    dialog.accepted_with.connect(finish)
    dialog.show()


def ask_rules(
    screen: Screen,
    found: Rules,
    save: Callable[[Dialog, Rules], None],
    ends_in: Door,
    about: int,
) -> None:
    """The figures of a programme; each is a setting."""
    words = {
        "title": _("Title"),
        "every_days": _("Days between sessions"),
        "size_least": _("Minimum group size"),
        "size_target": _("Target group size"),
        "size_most": _("Maximum group size"),
        "size_stop": _("Absolute maximum group size"),
        "pool_least": _("Minimum number of people to form a group"),
        "complete_at": _("Sessions needed to complete"),
        "near_miss": _("Sessions short that count as nearly there"),
        "join_until": _("Last session for joining"),
        "youth_from": _("Youth from age"),
        "youth_to": _("Youth up to age"),
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
    dialog = Dialog(
        screen,
        _("Programme settings"),
        form,
        _("Save"),
        tall=True,
        ends_in=ends_in,
        about=about,
    )
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
    size = _("{least} to {most}, target {target}, absolute maximum {stop}").format(
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
            _("ages {first} to {last}").format(first=r.youth_from, last=r.youth_to),
        ),
        (_("Attendance marks"), _marks(r)),
        (_("Phases"), ", ".join(f"{_(name)} {n}" for name, n in r.phases)),
    ]


def _marks(r: Rules) -> str:
    said: list[str] = []
    for letter in r.marks.letters:
        said.append(f"{letter} {mark_word(r.marks, letter)}")
    return ", ".join(said)
