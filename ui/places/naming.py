"""What the office is called, the languages of its certificates, its logo."""

from base64 import b64encode
from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog

from cbs_desktop import settings
from cbs_desktop.errors import Invalid
from cbs_desktop.words import _
from ui.places import logo
from ui.places.section import Section
from ui.screen import Screen
from ui.widgets.dialog import Dialog
from ui.widgets.form import Field, Form

_LANGUAGES = (
    ("rw+en", "Kinyarwanda and English"),
    ("rw+fr", "Kinyarwanda and French"),
    ("rn+fr", "Kirundi and French"),
    ("rn+en", "Kirundi and English"),
)


class Naming(Section):
    """Name, code, languages, logo."""

    def __init__(self, page: Screen) -> None:
        super().__init__(page)
        self._values: dict[str, Any] = {}
        self.build(_("Office"), (_("Change"), self.change), (_("Logo"), self.choose_logo))

    def refresh(self) -> None:
        """Ask for the settings."""
        self.ask(settings.all_values, self._show)

    def _show(self, values: dict[str, Any]) -> None:
        self._values = values
        chosen: str = values["certificate languages"]
        languages = dict(_LANGUAGES).get(chosen, chosen)
        self.facts.show_facts(
            [
                (_("Name"), values["office"]),
                (_("Code"), values["code"]),
                (_("Certificates in"), _(languages)),
                (_("Logo"), _("chosen") if values["logo"] else _("none")),
            ]
        )
        words = _("{name} · code {code} before every number")
        self.page.tell(words.format(name=values["office"], code=values["code"]))

    @Slot()
    def change(self) -> None:
        """Name, and the languages of the certificates."""
        languages = [(code, _(text)) for code, text in _LANGUAGES]
        form = Form(
            [
                Field("office", _("Name of the office"), needed=True, span=2),
                Field("languages", _("Certificates in"), "choice", choices=languages, span=2),
            ]
        )
        form.show_values({"office": self._values.get("office"), "languages": self._values.get("certificate languages")})

        def save(dialog: Dialog, values: dict[str, Any]) -> None:
            self.page.do(settings.set_value, "certificate languages", values["languages"])
            self.send(dialog, settings.set_value, "office", values["office"])

        self.dialog(_("Office"), form, save, _("Save"))

    @Slot()
    def choose_logo(self) -> None:
        """A PNG or JPEG for the certificates."""
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Logo for the certificates"), "", "*.png *.jpg *.jpeg")
        if chosen:
            self.take_logo(Path(chosen))

    def take_logo(self, path: Path) -> None:
        """Keep a picture as the logo, if it is one."""
        try:
            self.page.do(settings.set_value, "logo", b64encode(logo.read(path)).decode())
        except Invalid as problem:
            self.page.problem.emit(problem)
