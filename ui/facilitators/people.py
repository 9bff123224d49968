"""Facilitators: who there is, how much each leads, registering and changing."""

from functools import partial

from PySide6.QtCore import Slot

from cbs_desktop.facilitators import actions, queries, rules
from cbs_desktop.facilitators.queries import FacilitatorRow
from cbs_desktop.facilitators.rules import FacilitatorDetails
from cbs_desktop.groups import actions as group_actions
from cbs_desktop.groups import queries as groups
from cbs_desktop.overview.queries import find_people
from cbs_desktop.overview.roster import PersonMatch
from cbs_desktop.participants import availability
from cbs_desktop.places import queries as places
from cbs_desktop.words import _, many
from ui.desk import Desk
from ui.facilitators.ties import Ties
from ui.screen import PageAction, Screen
from ui.vocabulary import LANGUAGES, weekday, word
from ui.widgets.dialog import Dialog
from ui.widgets.form import Field, Form, FormValues, Offer, Search
from ui.widgets.parts import Empty, label, line, rows, rule, sheet
from ui.widgets.table import Column, Table

_MANY_GROUPS = 2  # more running groups than this are too many for one person


class Facilitators(Screen):
    """The list, with the number of groups each leads in the latest round."""

    word = "facilitators"
    watches = frozenset({"facilitators", "groups", "programmes"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.page_actions = (
            PageAction(_("New facilitator"), "Ctrl+N", "new", self.new_facilitator),
            PageAction(_("Edit"), "Ctrl+E", "edit", self.edit),
            PageAction(
                _("Conflicts: groups this person must not lead"),
                "",
                "stop",
                self.change_ties,
            ),
        )
        self._load: dict[int, int] = {}
        self.table = Table(
            _("Facilitators"),
            [
                Column(
                    _("Name"),
                    lambda one: one.name,
                    strong=True,
                    stretch=True,
                    width=230,
                ),
                Column(_("Sex"), lambda one: one.details.sex, width=60),
                Column(_("Lives in"), lambda one: one.place, width=170),
                Column(_("Phone"), lambda one: one.details.phone or "–", width=115),
                Column(_("Training"), lambda one: _(one.details.level), width=110),
                Column(_("Participant"), _number_of, width=120),
                Column(
                    _("Groups"),
                    lambda one: str(self._load.get(one.id, 0)),
                    right=True,
                    width=80,
                    sort=lambda one: self._load.get(one.id, 0),
                ),
                Column(_("Status"), chip=self._chip, width=130),
            ],
        )
        self.table.opened.connect(self.edit)
        self._empty = Empty(
            _("No facilitators yet. Two facilitators lead a group."),
            _("New facilitator"),
            self.new_facilitator,
        )
        inside = rows(gap=0)
        inside.addWidget(self.table, 1)
        inside.addWidget(self._empty, 1)
        inside.addWidget(rule())
        inside.addLayout(
            line(
                label(_("Enter edits   Ctrl+N new facilitator"), "small"),
                margin=(16, 8, 16, 8),
            )
        )
        self.setLayout(rows(sheet(inside), margin=(24, 16, 24, 16)))

    def _chip(self, one: FacilitatorRow) -> tuple[str, str]:
        if not one.details.active:
            return "quiet", _("Inactive")
        if self._load.get(one.id, 0) > _MANY_GROUPS:
            return ("warn", _("Many groups"))
        return ("ok", _("Active"))

    def refresh(self) -> None:
        """Ask who there is, and how much each leads."""
        self.ask(groups.workload, then=self._keep)
        self.ask(queries.facilitators, then=self._show)

    def _keep(self, load: dict[int, int]) -> None:
        self._load = load

    def _show(self, found: list[FacilitatorRow]) -> None:
        women = sum(one.details.sex == "F" for one in found)
        words = many("{n} facilitator", "{n} facilitators", len(found))
        self.tell(
            _("{words} · {women} women, {men} men").format(
                words=words, women=women, men=len(found) - women
            )
        )
        self.table.setVisible(bool(found))
        self._empty.setVisible(not found)
        self.table.show_rows(found)

    @Slot()
    def new_facilitator(self) -> None:
        """Register one."""
        self._ask(None)

    @Slot()
    def edit(self, *_row: object) -> None:
        """Change the one the cursor is on."""
        if (one := self.table.current()) is not None:
            self._ask(one)

    @Slot()
    def change_ties(self) -> None:
        """Family of a facilitator among the participants, and others whose group they must not lead."""
        if (one := self.table.current()) is not None:
            Ties(self, one).show()

    def _ask(self, one: FacilitatorRow | None) -> None:
        def search(text: str, then: Offer) -> None:
            self.ask(
                places.find_places,
                text,
                then=lambda found: then([(place.id, place.name) for place in found]),
            )

        def search_people(text: str, then: Offer) -> None:
            self.ask(
                find_people,
                text,
                then=lambda found: then(_offered(found)),
            )

        form = Form(_fields(search, search_people))
        form.show_values({"active": True})
        if one is not None:
            details = {
                key: getattr(one.details, key) for key in FacilitatorDetails.__slots__
            }
            place = (one.details.place_id, one.place)
            person = (one.details.person_id, one.person)
            form.show_values({**details, "place_id": place, "person_id": person})
        dialog = Dialog(
            self,
            one.name if one else _("New facilitator"),
            form,
            _("Save"),
            tall=True,
            ends_in=group_actions.change_facilitator
            if one
            else actions.register_facilitator,
            about=one.id if one else 0,
        )
        dialog.accepted_with.connect(partial(self._save, dialog, one))
        dialog.show()

    def _save(
        self, dialog: Dialog, one: FacilitatorRow | None, values: FormValues
    ) -> None:
        details = FacilitatorDetails(**values)
        if one is None:
            dialog.send(
                self.desk,
                actions.register_facilitator,
                details,
            )
        else:
            dialog.send(
                self.desk,
                group_actions.change_facilitator,
                one.id,
                details,
            )


def _number_of(one: FacilitatorRow) -> str:
    """The number of the participant that they were."""
    return one.person.rpartition(" · ")[2] or "–"


def _offered(found: list[PersonMatch]) -> list[tuple[object, str]]:
    offered: list[tuple[object, str]] = []
    for one in found:
        offered.append((one.id, f"{one.name} · {one.number}"))
    return offered


def _fields(search: Search, search_people: Search) -> list[Field]:
    """What is known of a facilitator; places and participants are found while typing."""
    return [
        Field("own_name", _("Own name"), needed=True),
        Field("other_names", _("Other names")),
        Field(
            "sex",
            _("Sex"),
            "choice",
            needed=True,
            choices=[("", _("choose")), ("F", _("woman")), ("M", _("man"))],
        ),
        Field("phone", _("Phone")),
        Field(
            "place_id",
            _("Lives in"),
            "place",
            needed=True,
            span=2,
            search=search,
        ),
        Field(
            "level",
            _("Highest training completed"),
            "choice",
            choices=[(level, _(level)) for level in rules.LEVELS],
        ),
        Field("active", _("Leads groups now"), "yes"),
        Field(
            "person_id",
            _("Was a participant before"),
            "place",
            _("Type the name or the number; empty for nobody"),
            search=search_people,
        ),
        Field("since", _("Facilitator since"), "date"),
        Field(
            "languages",
            _("Languages, if other than the local one"),
            "many",
            span=2,
            choices=[(code, word(LANGUAGES, code)) for code in availability.LANGUAGES],
        ),
        Field(
            "days",
            _("Days available, if not all"),
            "many",
            span=2,
            choices=[(day, weekday(day)) for day in availability.DAYS],
        ),
    ]
