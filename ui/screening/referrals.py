"""Office › Referral directory: who helps with what and how to reach them, as safety cards and referral slips name them."""

from PySide6.QtCore import Qt, Slot

from cbs_desktop import resource, settings
from cbs_desktop.screening import safety
from cbs_desktop.screening.rules import ServiceDetails
from cbs_desktop.screening.safety import ListedService
from cbs_desktop.settings import SettingValues
from cbs_desktop.words import _, many
from ui.desk import Desk
from ui.screen import PageAction, Screen
from ui.widgets.dialog import Dialog
from ui.widgets.form import Field, Form, FormValues
from ui.widgets.parts import Empty, button, label, line, rows, rule, sheet
from ui.widgets.table import Column, Table


class Referrals(Screen):
    """The services in order of name."""

    word = "referrals"
    watches = frozenset({"screening", "settings"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._sets_up = self.may(safety.put_service)
        self._known = True  # there is a list of the country, until the answer says that there is none
        self._acts()
        self.table = Table(
            _("Referral directory"),
            [
                Column(
                    _("Name"),
                    lambda one: one.service.name,
                    strong=True,
                    stretch=True,
                    width=220,
                ),
                Column(
                    _("Helps with"),
                    lambda one: one.service.helps_with,
                    stretch=True,
                    width=220,
                ),
                Column(_("Phone"), lambda one: one.service.phone or "–", width=150),
                Column(_("Place"), lambda one: one.service.place or "–", width=170),
            ],
        )
        self._out = button(_("Remove"), self.take_out, "", "withdraw", "Del")
        self._take = button(
            _("Add the national list"),
            self.take_list,
            "",
            "import",
            "Ctrl+I",
        )
        self._none = Empty(
            "", _("New service") if self._sets_up else "", self.new_service
        )
        if self._sets_up:
            self.table.opened.connect(self.edit)
        self._build()

    def _acts(self) -> None:
        """What this account may do here; a list that nobody knows cannot be taken over."""
        if not self._sets_up:
            return
        self.page_actions = (
            PageAction(_("New service"), "Ctrl+N", "add", self.new_service),
            PageAction(_("Change"), "Ctrl+E", "edit", self.edit),
            PageAction(_("Remove"), "Del", "withdraw", self.take_out),
            PageAction(_("Back to Office"), "Esc", "previous", self.back),
        )
        if self._known:
            self.page_actions += (
                PageAction(
                    _("Add the national list"), "Ctrl+I", "import", self.take_list
                ),
            )

    def _build(self) -> None:
        inside = rows(gap=0)
        inside.addWidget(self.table, 1)
        inside.addWidget(self._none, 1)
        if self._sets_up:
            keys = label(
                _("Enter edits   Ctrl+N new service   Esc back to Office"), "small"
            )
            inside.addWidget(rule())
            inside.addLayout(
                line(keys, None, self._take, self._out, margin=(16, 8, 16, 8))
            )
        self.setLayout(rows(sheet(inside), margin=(24, 16, 24, 16)))

    def refresh(self) -> None:
        """Ask for the services, and for the country whose list may be taken over."""
        self.ask(settings.all_values, then=self._show_country)
        self.ask(safety.services, then=self._show)

    def _show_country(self, values: SettingValues) -> None:
        self._known = values["country"] in resource.names("referrals", ".toml")
        self._take.setVisible(self._known)
        self._acts()
        self._none.tell(self._why_none())

    def _why_none(self) -> str:
        if not self._sets_up:
            return _("The directory is empty: the coordinator enters the services.")
        if self._known:
            return _(
                "The directory is empty: add the national list, or enter "
                "the services you know."
            )
        return _("There is no list for this country: enter the services you know.")

    def _show(self, found: list[ListedService]) -> None:
        self.tell(
            many("{n} service to refer to", "{n} services to refer to", len(found))
        )
        self.table.setVisible(bool(found))
        self._none.setVisible(not found)
        self._out.setVisible(bool(found))
        self.table.show_rows(found)

    # --- what can be done

    @Slot()
    def new_service(self) -> None:
        """Enter a service."""
        self._ask(None)

    @Slot()
    def edit(self, *_row: object) -> None:
        """Change the one the cursor is on."""
        if (one := self.table.current()) is not None:
            self._ask(one)

    def _ask(self, one: ListedService | None) -> None:
        form = Form(
            [
                Field("name", _("Name"), needed=True, span=2),
                Field("helps_with", _("Helps with"), needed=True, span=2),
                Field(
                    "phone",
                    _("Phone"),
                    help=_(
                        "Short numbers such as 112 are fine. Enter a phone "
                        "number or a place."
                    ),
                ),
                Field("place", _("Place")),
            ]
        )
        if one is not None:
            form.show_values(
                {key: getattr(one.service, key) for key in ServiceDetails.__slots__}
            )
        dialog = Dialog(
            self,
            one.service.name if one else _("New service"),
            form,
            _("Save"),
            ends_in=safety.put_service,
            about=one.id if one else 0,
        )

        def save(values: FormValues) -> None:
            known = one.id if one else None
            details = ServiceDetails(**values)
            dialog.send(self.desk, safety.put_service, details, known)

        dialog.accepted_with.connect(save)
        dialog.show()

    @Slot()
    def take_out(self) -> None:
        """Take the one the cursor is on out of the directory; Undo brings it back."""
        if (one := self.table.current()) is not None:
            self.do(safety.drop_service, one.id)

    @Slot()
    def take_list(self) -> None:
        """Enter what stands in the list of the country and not here."""
        self.do(safety.take_country_list, then=self._taken)

    def _taken(self, count: int) -> None:
        if not count:
            self.said.emit(
                _("All services in the national list are already in the directory.")
            )

    @Slot()
    def back(self) -> None:
        """To the Office page."""
        self.opens.emit("office", None)

    def find_in_list(self) -> None:
        """Ctrl+F: the list is short, so the cursor goes into it."""
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
