"""Office › Names of places: pairs that may be one place are joined or parted; places of an older division."""

from collections.abc import Callable

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from cbs_desktop.places import actions, joining, queries, spellings
from cbs_desktop.places.queries import Choice
from cbs_desktop.places.spellings import (
    Joined,
    JoinEffects,
    SpelledPlace,
    SpellingPair,
    Uses,
)
from cbs_desktop.words import _, many
from ui.office.section import Section
from ui.screen import Screen
from ui.vocabulary import full_day
from ui.widgets.dialog import Dialog
from ui.widgets.form import Field, Form, FormValues
from ui.widgets.parts import button, label, line, rows
from ui.widgets.table import Column, Table

_N = str  # marks a sentence for the catalogues; it is translated when it is shown
_FORMER = _N("In Burundi the division changed in 2025")
_NAMED = 6  # places that are named in a preview, the rest is counted


class Spellings(Section):
    """How many pairs there are to be looked at, and how many were joined."""

    def __init__(self, page: Screen) -> None:
        super().__init__(page)
        self._pairs: list[SpellingPair] = []
        self._joins: list[Joined] = []
        self._former: list[Choice] = []
        self._districts: list[Choice] = []
        self.build(
            _("Names of places"),
            (_("Compare spellings"), self.compare),
            (_("Joined places"), self.show_joins),
            (_("Older division"), self.add_former),
        )

    def refresh(self) -> None:
        """Ask for the pairs and for the joins."""
        self.ask(spellings.spellings, self._keep_pairs)
        self.ask(spellings.joins, self._keep_joins)
        self.ask(queries.former_places, self._keep_former)
        self.ask(queries.covered, lambda found: setattr(self, "_districts", found))

    def _keep_pairs(self, found: list[SpellingPair]) -> None:
        self._pairs = found
        self._show()

    def _keep_joins(self, found: list[Joined]) -> None:
        self._joins = found
        self._show()

    def _keep_former(self, found: list[Choice]) -> None:
        self._former = found
        self._show()

    def _show(self) -> None:
        pairs = _("none")
        if self._pairs:
            pairs = many("{n} name", "{n} names", len(self._pairs))
        joined = _("none")
        if self._joins:
            joined = many("{n} place", "{n} places", len(self._joins))
        former: list[str] = []
        for place in self._former:
            former.append(place.name)
        self.facts.show_facts(
            [
                (_("To compare"), pairs),
                (_("Joined"), joined),
                (_("Older division"), ", ".join(former) or _("none")),
            ]
        )

    @Slot()
    def compare(self) -> None:
        """The pairs, one under the other."""
        SpellingPairs(self.page).show()

    @Slot()
    def add_former(self) -> None:
        """A unit of an older division, as papers of before name it, and where it belongs now."""
        choices = [(one.id, one.name) for one in self._districts]
        form = Form(
            [
                Field("place", _("Name of before"), needed=True, span=2),
                Field("until", _("Last day"), "date", _(_FORMER), needed=True),
                Field("district", _("Belongs now to"), "choice", choices=choices),
            ]
        )
        self.dialog(
            _("Place of an older division"),
            form,
            self._save_former,
            _("Save"),
            actions.add_former_place,
        )

    def _save_former(self, dialog: Dialog, values: FormValues) -> None:
        district, name = values["district"], values["place"]
        self.send(dialog, actions.add_former_place, district, name, values["until"])

    @Slot()
    def show_joins(self) -> None:
        """The joins that stand."""
        JoinedPlaces(self.page).show()


def uses_in_words(uses: Uses) -> str:
    """How many people, groups and facilitators a place has."""
    said = (
        ("person", "{n} person", "{n} people"),
        ("groups", "{n} group", "{n} groups"),
        ("facilitator", "{n} facilitator", "{n} facilitators"),
    )
    told: list[str] = []
    for table, one, more in said:
        if uses.get(table):
            told.append(many(one, more, uses[table]))
    return ", ".join(told) or _("nobody")


def _place_words(place: SpelledPlace) -> str:
    return f"{place.path} ({uses_in_words(place.uses)})"


def _other_words(pair: SpellingPair) -> str:
    if pair.other is not None:
        return _place_words(pair.other)
    return _("{name} (official list)").format(name=pair.official)


def _kind(pair: SpellingPair) -> tuple[str, str]:
    if pair.other is None:
        return "info", _("official list")
    if pair.official:
        return "ok", _("one is official")
    return "quiet", _("neither is official")


class SpellingPairs(Dialog):
    """The pairs; every answer takes one from the list and can be undone."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._count = label("", "second", wrap=True)
        self.pairs = Table(_("Names that may be one place"), _pair_columns())
        self.pairs.chosen.connect(self._choose)
        self.pairs.opened.connect(self._join)
        self.join = button(_("Join or correct"), self._join, "main")
        self.two = button(_("Two places"), self._keep_two)
        inside = QWidget()
        box = rows(self._count, gap=8)
        box.addWidget(self.pairs, 1)
        box.addLayout(line(self.join, self.two, None, gap=8))
        inside.setLayout(box)
        super().__init__(screen, _("Spellings of places"), inside, _("Close"), 1000)
        self.main.setProperty("look", "")
        self.main.style().polish(self.main)
        self.cancel.hide()
        self.accepted_with.connect(self.well)
        self.resize(1000, 500)
        self.again()

    def again(self, *_value: object) -> None:
        """Ask for the pairs that are left."""
        self._screen.desk.ask(self, spellings.spellings, then=self._show)

    def _show(self, found: list[SpellingPair]) -> None:
        self.pairs.show_rows(found)
        self.pairs.choose(0)
        words = _("No two names look like one place.")
        if found:
            words = _(
                "The name on the left may be a spelling of the one beside it. Nothing is joined until you have seen what "
                "changes, and joined places can be parted again at any time."
            )
        self._count.setText(words)
        self.join.setEnabled(bool(found))
        self._choose(self.pairs.current())
        self.pairs.setFocus()

    @Slot(object)
    def _choose(self, pair: SpellingPair | None) -> None:
        """The same name in other letters cannot be two places of the official list."""
        self.two.setEnabled(
            pair is not None and (pair.other is not None or not _same(pair))
        )

    @Slot()
    def _join(self, *_row: object) -> None:
        pair = self.pairs.current()
        if pair is not None:
            JoinPlaces(self, pair).show()

    @Slot()
    def _keep_two(self) -> None:
        pair = self.pairs.current()
        if pair is None or not self.two.isEnabled():
            return
        if pair.other is None:
            action, other = joining.keep_two_names, pair.official
        else:
            action, other = joining.keep_two, pair.other.id
        self._screen.desk.do(
            self, action, pair.one.id, other, then=self.again, failed=self.failed
        )


def _same(pair: SpellingPair) -> bool:
    return pair.one.name.casefold() == pair.official.casefold()


def _pair_columns() -> list[Column]:
    return [
        Column(
            _("Name"), lambda pair: _place_words(pair.one), strong=True, stretch=True
        ),
        Column(_("May be"), _other_words, width=400),
        Column(_("Which is official"), chip=_kind, width=170),
    ]


class JoinPlaces(Dialog):
    """Which spelling stays, and what changes, before it is done."""

    def __init__(self, pairs: SpellingPairs, pair: SpellingPair) -> None:
        self._desk = pairs._screen.desk
        self._pair = pair
        self.form = Form(
            [Field("name", _("Spelling that stays"), "choice", choices=_names(pair))],
            columns=1,
        )
        self.form.show_values({"name": _proposed(pair)})
        self.effects = label("", "", wrap=True)
        inside = QWidget()
        inside.setLayout(rows(self.form, self.effects, gap=12))
        do_it = _("Join") if pair.other else _("Correct the spelling")
        title = _("What changes: {place}").format(place=pair.one.path)
        super().__init__(pairs, title, inside, do_it, 640)
        self.accepted_with.connect(self._save)
        self.finished.connect(pairs.again)
        self._tell()

    def _tell(self) -> None:
        if self._pair.other is None:
            self.effects.setText(effect_words(self._pair, None))
            return
        self._desk.ask(
            self,
            spellings.join_effects,
            self._pair.other.id,
            self._pair.one.id,
            then=self._show,
            failed=self.failed,
        )

    def _show(self, effects: JoinEffects) -> None:
        self.effects.setText(effect_words(self._pair, effects))
        self.resize(self.width(), self.sizeHint().height())

    @Slot(dict)
    def _save(self, _values: FormValues) -> None:
        name = self.form.values()["name"]
        pair = self._pair
        if pair.other is None:
            self.send(self._desk, joining.respell, pair.one.id, name)
        else:
            self.send(self._desk, joining.join, pair.other.id, pair.one.id, name)


def _names(pair: SpellingPair) -> list[tuple[object, str]]:
    """The spellings to choose from, the official one first."""
    names = [pair.official]
    if pair.other is not None:
        names += [pair.other.name, pair.one.name]
    choices: list[tuple[object, str]] = []
    for name in dict.fromkeys(filter(None, names)):
        words = name
        if name == pair.official:
            words = _("{name} (official)").format(name=name)
        choices.append((name, words))
    return choices


def _proposed(pair: SpellingPair) -> str:
    if pair.official or pair.other is None:
        return pair.official
    return pair.other.name


def effect_words(pair: SpellingPair, effects: JoinEffects | None) -> str:
    """What a join or a correction changes, a line for each kind."""
    if effects is None or pair.other is None:
        who = uses_in_words(pair.one.uses)
        told = [_("Only the name of the place changes, for {who}.").format(who=who)]
        told.append(_below(_("The paths below follow"), pair.one.below))
        return "\n".join(filter(None, told))
    told = [
        _("Moved from {gone} to {kept}: {who}.").format(
            gone=pair.one.path, kept=pair.other.path, who=uses_in_words(effects.uses)
        ),
        _listed(_("Places below that become one as well: {names}."), effects.joined),
        _listed(_("Places below that move with it: {names}."), effects.moved),
    ]
    if effects.uses.get("person"):
        told.append(
            _("Groups proposed for these people and not yet accepted: propose again.")
        )
    told.append(
        _("Undo takes this back now, and Joined places parts it at any later time.")
    )
    return "\n".join(filter(None, told))


def _below(words: str, number: int) -> str:
    if number:
        return f"{words}: {many('{n} place', '{n} places', number)}."
    return ""


def _listed(words: str, paths: tuple[str, ...]) -> str:
    if not paths:
        return ""
    names = ", ".join(paths[:_NAMED])
    if len(paths) > _NAMED:
        more = _("and {n} more").format(n=len(paths) - _NAMED)
        names = f"{names} {more}"
    return words.format(names=names)


class JoinedPlaces(Dialog):
    """The joins that stand; one that was a mistake is taken back, at any time."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self.joins = Table(_("Joined places"), _join_columns())
        why = _(
            "Parting two places gives the one that comes back who and what it brought. What was entered since stays."
        )
        inside = QWidget()
        box = rows(label(why, "second", wrap=True), gap=8)
        box.addWidget(self.joins, 1)
        inside.setLayout(box)
        super().__init__(screen, _("Joined places"), inside, _("Part again"), 860)
        self.cancel.setText(_("Close"))
        self.accepted_with.connect(self._part)
        self.resize(860, 440)
        self._ask()

    def _ask(self, *_value: object) -> None:
        self._screen.desk.ask(self, spellings.joins, then=self._show)

    def _show(self, found: list[Joined]) -> None:
        self.joins.show_rows(found)
        self.joins.choose(0)
        self.main.setEnabled(bool(found))

    def _part(self) -> None:
        joined = self.joins.current()
        if joined is not None:
            self._screen.desk.do(
                self, joining.part, joined.id, then=self._ask, failed=self.failed
            )


_Told = Callable[[Joined], str]


def _join_columns() -> list[Column]:
    told: tuple[tuple[str, _Told, int], ...] = (
        (_("Place"), lambda one: one.gone_path, 260),
        (_("Joined with"), lambda one: one.kept_path, 260),
        (_("By"), lambda one: one.joined_by, 120),
        (_("On"), lambda one: full_day(one.joined_on), 120),
    )
    columns: list[Column] = []
    for title, text, width in told:
        columns.append(Column(title, text, width=width))
    return columns
