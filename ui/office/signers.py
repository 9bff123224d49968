"""Who signs the certificates."""

from PySide6.QtCore import Slot

from cbs_desktop.certificates import actions, queries
from cbs_desktop.certificates.rules import Signer
from cbs_desktop.words import _
from ui.office.section import Section
from ui.screen import Screen
from ui.widgets.dialog import Dialog
from ui.widgets.form import Field, Form, FormValues


class Signers(Section):
    """Two or three people with their titles."""

    def __init__(self, page: Screen) -> None:
        super().__init__(page)
        self._signers: list[Signer] = []
        self.build(_("Certificate signatories"), (_("Change"), self.change))

    def refresh(self) -> None:
        """Ask who signs."""
        self.ask(queries.signatories, self._show)

    def _show(self, found: list[Signer]) -> None:
        self._signers = found
        self.facts.show_facts(
            [(one.name, one.title) for one in found]
            or [(_("Signatories"), _("none yet"))]
        )

    @Slot()
    def change(self) -> None:
        """Two or three people who sign."""
        fields = []
        for n in (1, 2, 3):
            fields += [
                Field(f"name{n}", _("Name of signatory {n}").format(n=n)),
                Field(f"title{n}", _("Title, as printed")),
            ]
        form = Form(fields)
        form.show_values(
            {f"name{n}": one.name for n, one in enumerate(self._signers, 1)}
        )
        form.show_values(
            {f"title{n}": one.title for n, one in enumerate(self._signers, 1)}
        )

        def save(dialog: Dialog, values: FormValues) -> None:
            people = [
                (values[f"name{n}"], values[f"title{n}"])
                for n in (1, 2, 3)
                if values[f"name{n}"].strip()
            ]
            self.send(dialog, actions.set_signatories, people)

        self.dialog(
            _("Certificate signatories"),
            form,
            save,
            _("Save"),
            actions.set_signatories,
        )
