"""The form of what the office adds to the register of processing."""

from cbs_desktop.protection import actions
from cbs_desktop.protection.processing import ControllerEntries
from cbs_desktop.words import _
from ui.screen import Screen
from ui.widgets.dialog import Dialog
from ui.widgets.form import Field, Form, FormValues

_WIDTH = 720  # pixels
_FEW_LINES = 64  # pixels


class RegisterForm(Dialog):
    """Controller, registration, officer, authority, assessment, and what the program cannot know."""

    def __init__(self, page: Screen, entries: ControllerEntries) -> None:
        self._page = page
        self.form = Form(_fields())
        super().__init__(
            page,
            _("Register of processing"),
            self.form,
            _("Save"),
            _WIDTH,
            tall=True,
            ends_in=actions.describe_processing,
        )
        for field in _fields():
            if field.kind == "long":
                self.form.inputs[field.key].setFixedHeight(_FEW_LINES)
        values: dict[str, object] = {}
        for field in _fields():
            values[field.key] = getattr(entries, field.key)
        self.form.show_values(values)
        self.accepted_with.connect(self._save)

    def _save(self, values: FormValues) -> None:
        entries = ControllerEntries(
            controller=values["controller"],
            officer=values["officer"],
            officer_contact=values["officer_contact"],
            registration=values["registration"],
            registered_on=values["registered_on"],
            assessed_on=values["assessed_on"],
            authority_contact=values["authority_contact"],
            recipients=values["recipients"],
            safeguards=values["safeguards"],
        )
        self.send(self._page.desk, actions.describe_processing, entries)


def _fields() -> list[Field]:
    who = _("The organisation that decides why and how data are used.")
    number = _("From the certificate of the authority.")
    authority = _("Address, phone, e-mail. They stand on a breach notice too.")
    others = _("Who else gets data, one a line: for example the ministry, on paper.")
    rooms = _(
        "What the program cannot know, one a line: a locked cupboard, training of staff."
    )
    return [
        Field("controller", _("Controller: name and address"), "long", who, span=2),
        Field("registration", _("Registration number"), help=number),
        Field("registered_on", _("Registered on"), "date"),
        Field("officer", _("Data protection officer")),
        Field("officer_contact", _("Officer’s phone and e-mail")),
        Field("authority_contact", _("How the authority is reached"), "long", authority, span=2),
        Field("assessed_on", _("Impact assessment made on"), "date"),
        Field("recipients", _("Other recipients"), "long", others, span=2),
        Field("safeguards", _("Other safeguards"), "long", rooms, span=2),
    ]  # fmt: skip
