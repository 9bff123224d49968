"""Who is linked with a person: kept together, and for those who may know kept apart; added and removed beside the person."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from cbs_desktop.groups import actions, queries, rules
from cbs_desktop.groups.queries import Link
from cbs_desktop.overview.queries import find_people
from cbs_desktop.overview.roster import PersonMatch, Record
from cbs_desktop.words import _
from ui.widgets.dialog import Dialog
from ui.widgets.form import Field, Form, FormValues, Offer
from ui.widgets.parts import button, label, line, rows
from ui.widgets.table import Column, Table

if TYPE_CHECKING:
    from ui.participants.people import Participants

_N = str  # marks a word for the catalogues; it is translated when it is shown
KINDS = {"together": _N("Stays together with"), "apart": _N("Kept apart from")}
_REASONS = {
    "together": rules.KEEP_TOGETHER_REASONS,
    "apart": rules.KEEP_APART_REASONS,
}


def link_facts(links: tuple[Link, ...]) -> list[tuple[str, str]]:
    """A line for every link."""
    facts = []
    for link in links:
        facts.append((_(KINDS[link.kind]), f"{link.name} ({_(link.reason)})"))
    return facts


def may_link(screen: "Participants") -> list[str]:
    """The kinds of links that this account may add and remove."""
    kinds = []
    if screen.may(actions.keep_together):
        kinds.append("together")
    if screen.may(actions.keep_apart):
        kinds.append("apart")
    return kinds


class LinksDialog(Dialog):
    """A new link of a person, and those that there are."""

    def __init__(self, screen: "Participants", record: Record) -> None:
        self._screen = screen
        self._record = record
        kinds = may_link(screen)
        words = [(kind, _(KINDS[kind])) for kind in kinds]
        fields = [
            Field("kind", _("Link"), "choice", choices=words),
            Field("reason", _("Reason"), "choice"),
            Field("other", _("Other person"), "place", needed=True, span=2, search=self._find),
        ]  # fmt: skip
        self.form = Form(fields)
        self.table = Table(_("Links"), _columns())
        self.table.setMinimumHeight(150)
        inside = QWidget()
        remove = button(_("Remove the selected link"), self._remove, "plain")
        head = label(_("Links"), "head")
        inside.setLayout(rows(self.form, head, self.table, line(remove, None), gap=10))
        title = _("Links: {name}").format(name=record.row.name)
        super().__init__(screen, title, inside, _("Add link"), 640, tall=True)
        self.form.inputs["kind"].currentIndexChanged.connect(self._offer_reasons)
        self.accepted_with.connect(self._save)
        self._offer_reasons()
        self._again()

    @Slot()
    def _offer_reasons(self, *_index: object) -> None:
        box = self.form.inputs["reason"]
        box.clear()
        for code in _REASONS[self.form.values()["kind"]]:
            box.addItem(_(code), code)

    def _find(self, text: str, then: Offer) -> None:
        def offer(found: list[PersonMatch]) -> None:
            mine = self._record.row.id
            others = [one for one in found if one.id != mine]
            then([(one.id, f"{one.name} · {one.number}") for one in others])

        self._screen.desk.ask(self, find_people, text, then=offer)

    def _again(self, *_value: object) -> None:
        self.main.setEnabled(True)
        person = self._record.row.id
        self._screen.desk.ask(self, queries.links, person, then=self._show)

    def _show(self, links: tuple[Link, ...]) -> None:
        self.table.show_rows(
            [one for one in links if one.kind in may_link(self._screen)]
        )

    @Slot(dict)
    def _save(self, _values: FormValues) -> None:
        values = self.form.values()
        other = values["other"]
        if not isinstance(other, int):
            self.tell(_("Start typing, then choose the person from the list."))
            return
        link = actions.keep_apart
        if values["kind"] == "together":
            link = actions.keep_together
        person = self._record.row.id
        self._screen.desk.do(
            self,
            link,
            person,
            other,
            values["reason"],
            then=self._added,
            failed=self.failed,
        )

    def _added(self, _id: int) -> None:
        self.form.show_values({"other": None})
        self._again()

    @Slot()
    def _remove(self) -> None:
        link = self.table.current()
        if link is None:
            return
        release = actions.release_keep_apart
        if link.kind == "together":
            release = actions.release_keep_together
        self._screen.desk.do(
            self, release, link.id, then=self._again, failed=self.failed
        )


def _columns() -> list[Column]:
    return [
        Column(_("Link"), lambda link: _(KINDS[link.kind]), width=150),
        Column(
            _("Person"), lambda link: link.name, strong=True, stretch=True, width=200
        ),
        Column(_("Reason"), lambda link: _(link.reason), width=150),
    ]
