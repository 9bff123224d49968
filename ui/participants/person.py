"""One person: facts, what stands out, and the way through the season."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVarTuple

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from cbs_desktop.action import Door, Transaction
from cbs_desktop.attendance.person_record import record_of
from cbs_desktop.groups.actions import leave_programme, withdraw_consent
from cbs_desktop.groups.queries import Link, links
from cbs_desktop.overview import queries as overview
from cbs_desktop.overview.history import HistoryEntry
from cbs_desktop.overview.roster import Event, Record
from cbs_desktop.participants import actions
from cbs_desktop.participants.choices import LEAVING, WITHDRAWN
from cbs_desktop.participants.fields import CARD_FIELDS
from cbs_desktop.words import _
from ui.participants.attendance_record import show_attendance
from ui.participants.card_number import CardNumber
from ui.participants.consents import (
    ConsentDialog,
    ask_withdrawal,
    consent_facts,
    purposes_in_words,
)
from ui.participants.links import LinksDialog, link_facts, may_link
from ui.participants.rights import RightsDialog
from ui.participants.roles import age_words, role_facts
from ui.vocabulary import (
    COMPLETION,
    MODES,
    NO_CONSENT,
    PATHWAYS,
    SAFE_TO_CALL,
    SEXES,
    STATES,
    chip,
    short_day,
    word,
)
from ui.widgets.dialog import Dialog
from ui.widgets.form import Field, Form, FormValues
from ui.widgets.parts import (
    Chip,
    Facts,
    button,
    clear,
    label,
    line,
    picture,
    rows,
    rule,
    scrolled,
)

if TYPE_CHECKING:
    from ui.participants.people import Participants

Given = TypeVarTuple("Given")


def said(event: Event) -> str:
    """A step of the way in words."""
    sayings = {
        "registered": _("Registered"),
        "consent": _("Consent given ({how}): {what}").format(
            how=word(MODES, event.detail), what=purposes_in_words(event.purposes)
        ),
        "withdrawn": _("Consent withdrawn: {what}").format(
            what=purposes_in_words(event.purposes)
        ),
        "screened": _("Screened (sealed)"),
        "decided": _("Decision: {way}").format(way=word(PATHWAYS, event.detail)),
        "joined": _("Placed in {group}").format(group=event.detail),
        "moved": _("Left the group: {why}").format(why=_(event.detail)),
        "certified": _("Certificate {number}").format(number=event.detail),
        "left": _("Left the programme: {why}").format(why=_(event.detail)),
    }
    return sayings[event.code]


class PersonPanel(QWidget):
    """The pane beside the list."""

    def __init__(self, screen: "Participants") -> None:
        super().__init__()
        self._screen = screen
        self.record: Record | None = None
        self.setAccessibleName(_("Person"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._name = label("", "title", wrap=True)
        self._line = label("", "small", wrap=True)
        self._state = Chip()
        self._facts = Facts()
        self._card = CardNumber()
        self._way = rows(gap=8)
        self._sealed = Chip(
            "sealed", _("Screening result: visible to the screener only")
        )
        self._stands = Chip()
        self._consents = Facts()
        self._no_consent = Chip()
        self._withdraw = self._withdraw_button()
        self._consent_head = self._consent_line()
        self._links = Facts()
        self._link_head = self._link_line()
        inside = QWidget()
        head = line(gap=8)
        head.addLayout(rows(self._name, self._line, gap=0), 1)
        head.addWidget(self._state)
        body = rows(
            head,
            self._facts,
            self._card,
            self._stands,
            self._sealed,
            rule(),
            self._consent_head,
            self._consents,
            self._link_head,
            self._links,
            rule(),
            self._timeline_head(),
            gap=10,
        )
        body.addLayout(self._way)
        body.addStretch(1)
        body.setContentsMargins(16, 14, 16, 8)
        inside.setLayout(body)
        self._buttons = self._button_line(screen)
        self._foot = QWidget()
        self._foot.setLayout(self._buttons)
        self._buttons.setContentsMargins(16, 6, 16, 12)
        box = rows(gap=0)
        box.addWidget(scrolled(inside), 1)
        box.addWidget(self._foot)
        self.setLayout(box)
        self.show_nothing("")

    def _button_line(self, screen: "Participants") -> QHBoxLayout:
        return line(
            button(_("Edit"), screen.edit_person, "main", "edit", "Ctrl+E"),
            button(_("Consent"), self.note_consent, "", tip=_("Record consent")),
            button(
                _("Left"),
                self.note_leaving,
                "",
                tip=_("Record that this person left the programme"),
            ),
            None,
            button(_("History"), self.show_history, "plain"),
        )

    def _withdraw_button(self) -> QPushButton:
        tip = _("Withdraw consent")
        return button(_("Withdraw"), self.withdraw_consent, "plain", tip=tip)

    def _consent_line(self) -> QWidget:
        head = QWidget()
        title = label(_("Consent"), "head")
        first = line(title, None, self._withdraw)
        head.setLayout(rows(first, line(self._no_consent, None), gap=4))
        return head

    def _timeline_head(self) -> QHBoxLayout:
        tip = _("Requests about the data, restriction, erasing")
        rights = button(_("Rights"), self.show_rights, "plain", tip=tip)
        return line(label(_("Timeline"), "head"), None, rights)

    def _link_line(self) -> QWidget:
        head = QWidget()
        tip = _("Add or remove links with other people")
        change = button(_("Change links"), self.change_links, "plain", tip=tip)
        head.setLayout(line(label(_("Links"), "head"), None, change))
        return head

    def show_nothing(self, why: str) -> None:
        """Nobody is chosen."""
        self.record = None
        self._name.setText("")
        self._line.setText(why)
        self._facts.show_facts([])
        self._card.show_number("")
        self._consents.show_facts([])
        self._links.show_facts([])
        hidden = (self._consent_head, self._link_head, self._foot)
        for each in (self._state, self._stands, self._sealed, *hidden):
            each.hide()
        clear(self._way)

    def show_record(self, record: Record) -> None:
        """Show a person."""
        self.record = record
        row = record.row
        self._name.setText(row.name)
        self._line.setText(
            f"{row.number} · {word(SEXES, row.sex)}, {age_words(record)}"
        )
        self._state.tell(*chip(STATES, row.state))
        facts = [
            (_("Lives in"), row.place),
            (_("Born"), record.born),
            (_("Merged with"), record.aliases),
            *((_(CARD_FIELDS[key].label), text) for key, text in record.texts.items()),
            (_("Safe to call"), self._safe(record)),
            *role_facts(record.roles),
            (_("Group"), row.group),
            (_("Attendance"), self._attended(record)),
            (
                _("Background"),
                _("visible to screeners only")
                if record.categories is None
                else ", ".join(map(_, record.categories)),
            ),
        ]
        self._facts.show_facts(facts)
        self._card.show_number(record.id_number)
        self._show_consents(record)
        self._links.show_facts([])
        self._link_head.setVisible(bool(may_link(self._screen)))
        self._screen.ask(
            links, record.row.id, then=partial(self._show_links, record.row.id)
        )
        if record.completion:
            stands = chip(COMPLETION, record.completion.state)
        else:
            stands = ("quiet", "")
        self._stands.tell(*stands)
        self._sealed.setVisible(
            any(event.code == "screened" for event in record.events)
        )
        self._foot.show()
        clear(self._way)
        for event in record.events:
            self._way.addLayout(self._step(event))

    def _safe(self, record: Record) -> str:
        """Whether a call is safe, where there is a phone or an answer."""
        if not record.texts["phone"] and record.safe_to_call is None:
            return ""
        return _(SAFE_TO_CALL[record.safe_to_call])

    def _show_consents(self, record: Record) -> None:
        facts = consent_facts(record.consents)
        self._consents.show_facts(facts)
        why = record.no_consent
        kind, words = chip(NO_CONSENT, why)
        self._no_consent.tell(kind, words)
        self._no_consent.setVisible(bool(why))
        standing = [one for one in record.consents if not one.withdrawn_on]
        may_withdraw = self._screen.may(withdraw_consent)
        self._withdraw.setVisible(bool(standing) and may_withdraw)
        self._consent_head.show()

    def _show_links(self, person_id: int, found: tuple[Link, ...]) -> None:
        if self.record is not None and self.record.row.id == person_id:
            self._links.show_facts(link_facts(found))

    @Slot()
    def change_links(self) -> None:
        """Add or remove a link with somebody else."""
        if self.record is not None:
            LinksDialog(self._screen, self.record).show()

    def _attended(self, record: Record) -> str:
        stands = record.completion
        if stands:
            return _("{n} of {held} held, {needed} needed").format(
                n=stands.attended, held=stands.held, needed=stands.needed
            )
        return ""

    def _step(self, event: Event) -> QHBoxLayout:
        day = label(short_day(event.day), "small")
        day.setFixedWidth(50)
        day.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        box = line(day, picture(event.code, "accent", 18), gap=8)
        box.addWidget(label(said(event), wrap=True), 1)
        return box

    @Slot()
    def note_consent(self) -> None:
        """Note what a person consents to."""
        if self.record is not None:
            ConsentDialog(self._screen, self.record).show()

    @Slot()
    def withdraw_consent(self) -> None:
        """Note that consent was withdrawn."""
        if self.record is not None:
            ask_withdrawal(self._screen, self.record)

    @Slot()
    def note_leaving(self) -> None:
        """Note that somebody left: day and reason; the group is left too."""
        fields = [
            Field("left_on", _("Date of departure"), "date", needed=True),
            Field(
                "reason",
                _("Reason"),
                "choice",
                choices=[(why, _(why)) for why in LEAVING],
            ),
        ]
        self._ask(
            _("Left the programme"),
            fields,
            _("Record departure"),
            self._leave,
            actions.leave,
        )

    def _leave(self, dialog: Dialog, values: FormValues) -> None:
        on = values["left_on"]
        reason = values["reason"]
        if self._screen.may(leave_programme):
            self._send(dialog, leave_programme, on, reason)
        elif reason == WITHDRAWN and self._stands_for_programme():
            self._send(dialog, withdraw_consent, ("programme",), on)
        else:
            self._send(dialog, actions.leave, on, reason)

    def _stands_for_programme(self) -> bool:
        assert self.record is not None
        mine = (c for c in self.record.consents if c.purpose == "programme")
        return any(consent.withdrawn_on is None for consent in mine)

    def _ask(
        self,
        title: str,
        fields: list[Field],
        do_it: str,
        save: Callable[[Dialog, FormValues], None],
        ends_in: Door,
    ) -> None:
        if self.record is not None:
            dialog = Dialog(
                self._screen,
                f"{title}: {self.record.row.name}",
                Form(fields),
                do_it,
                ends_in=ends_in,
                about=self.record.row.id,
            )
            dialog.accepted_with.connect(partial(save, dialog))
            dialog.show()

    def _send(
        self,
        dialog: Dialog,
        action: Callable[[Transaction, int, *Given], object],
        *values: *Given,
    ) -> None:
        """Do an action for the person who is shown."""
        if self.record is not None:
            dialog.send(self._screen.desk, action, self.record.row.id, *values)

    @Slot()
    def show_rights(self) -> None:
        """Requests, restriction, everything on paper, erasing."""
        if self.record is not None:
            RightsDialog(self._screen, self.record).show()

    @Slot()
    def show_attendance(self) -> None:
        """Every session of every group that this person is or was in."""
        if self.record is not None:
            row = self.record.row
            show = partial(show_attendance, self._screen, row.name)
            self._screen.ask(record_of, row.id, then=show)

    @Slot()
    def show_history(self) -> None:
        """Every change of this person, from the journal."""
        if self.record is not None:
            self._screen.ask(
                overview.history, self.record.row.id, then=self._show_history
            )

    def _show_history(self, entries: list[HistoryEntry]) -> None:
        inside = QWidget()
        box = rows(gap=10)
        for entry in entries:
            box.addWidget(
                label(
                    f"{entry.at[:16].replace('T', ' ')} · {entry.account} · {entry.done}",
                    "strong",
                    wrap=True,
                )
            )
            for name, before, after in entry.fields:
                box.addWidget(
                    label(
                        _("{field}: “{before}” changed to “{after}”").format(
                            field=name, before=before, after=after
                        ),
                        "small",
                        wrap=True,
                    )
                )
        box.addStretch(1)
        inside.setLayout(box)
        name = self.record.row.name if self.record else ""
        dialog = Dialog(
            self._screen,
            _("History of {name}").format(name=name),
            inside,
            _("Close"),
            tall=True,
        )
        dialog.accepted_with.connect(dialog.well)
        dialog.show()

    def keyPressEvent(self, event: object) -> None:
        """Esc goes back to the list."""
        if event.key() == Qt.Key.Key_Escape:  # type: ignore[attr-defined]
            self._screen.leave_person()
        else:
            super().keyPressEvent(event)  # type: ignore[arg-type]
