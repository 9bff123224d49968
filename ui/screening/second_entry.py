"""How many sheets are typed a second time: the setting in a plain sentence, and its form."""

from cbs_desktop import settings
from cbs_desktop.errors import Fault
from cbs_desktop.words import _
from ui.screen import Screen
from ui.widgets.dialog import Dialog
from ui.widgets.form import Field, Form, FormValues

_MOST = 1000  # one sheet in so many: less is as good as none


def ask_every(screen: Screen, every: int) -> Dialog:
    """The form; what is no number of sheets is said under the field and changes nothing."""
    help = _(
        "0: none. 1: every questionnaire. 5: one in five. Somebody else "
        "enters these a second time without seeing the first entry, and a "
        "screener compares the two. Those already waiting are not changed."
    )
    form = Form(
        [
            Field(
                "every",
                _("One in how many"),
                "number",
                help=help,
                needed=True,
                span=2,
            )
        ]
    )
    form.show_values({"every": every})
    dialog = Dialog(screen, _("Second entry"), form, _("Save"), 480)

    def save(values: FormValues) -> None:
        typed = values["every"]
        if type(typed) is not int or not 0 <= typed <= _MOST:
            if isinstance(typed, int):
                kind = "outside"
            elif typed is None:
                kind = "needed"
            else:
                kind = "not a number"
            form.show_faults([Fault("every", kind, {"low": 0, "high": _MOST})])
            dialog.main.setEnabled(True)
            return
        dialog.send(
            screen.desk,
            settings.set_value,
            "second entry every",
            typed,
        )

    dialog.accepted_with.connect(save)
    dialog.show()
    return dialog
