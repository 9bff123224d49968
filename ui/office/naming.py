"""What the office is called."""

from PySide6.QtCore import Slot

from cbs_desktop import settings
from cbs_desktop.settings import SettingValues
from cbs_desktop.words import _
from ui.office.section import Section
from ui.screen import Screen
from ui.widgets.dialog import Dialog
from ui.widgets.form import Field, Form, FormValues


class Naming(Section):
    """Name and code."""

    def __init__(self, page: Screen) -> None:
        super().__init__(page)
        self._values: SettingValues = {}
        self.build(_("Office"), (_("Change"), self.change))

    def refresh(self) -> None:
        """Ask for the settings."""
        self.ask(settings.all_values, self._show)

    def _show(self, values: SettingValues) -> None:
        self._values = values
        self.facts.show_facts(
            [(_("Name"), values["office"]), (_("Code"), values["code"])]
        )
        words = _("{name} · numbers begin with {code}")
        self.page.tell(words.format(name=values["office"], code=values["code"]))

    @Slot()
    def change(self) -> None:
        """The name."""
        form = Form([Field("office", _("Office name"), needed=True, span=2)])
        form.show_values({"office": self._values.get("office")})

        def save(dialog: Dialog, values: FormValues) -> None:
            self.send(dialog, settings.set_value, "office", values["office"])

        self.dialog(_("Office"), form, save, _("Save"), settings.set_value)
