"""Making a new office: country, districts, name, first account; then the recovery code, shown once."""

import csv
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from cbs_desktop import resource
from cbs_desktop.problems import say
from cbs_desktop.words import _
from ui.sign_in import SignIn, card
from ui.widgets.parts import Part, button, label, line, rows, scrolled

if TYPE_CHECKING:
    from cbs_desktop.office import Office


def districts(country: str) -> list[str]:
    """The districts (in Burundi communes) of a country, in order of name."""
    lines = [
        one
        for one in resource.text("places", f"{country}.csv").splitlines()
        if not one.startswith("#")
    ]
    return sorted(row["district"] for row in csv.DictReader(lines))


class NewOffice(QWidget):
    """One page; nothing is made before all of it fits."""

    def __init__(self, window: SignIn) -> None:
        super().__init__()
        self._window = window
        self._country = QComboBox()
        for code, name in (("RW", _("Rwanda")), ("BI", _("Burundi"))):
            self._country.addItem(name, code)
        self._districts = QListWidget()
        self._districts.setProperty("panel", "list")
        self._name = QLineEdit()
        self._account = QLineEdit()
        self._password = QLineEdit()
        self._again = QLineEdit()
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        self._again.setEchoMode(QLineEdit.EchoMode.Password)
        self._fault = label("", "fault", wrap=True)
        self._go = button(_("Create office"), self._make, "main")
        words = {
            _("Country"): self._country, _("Districts the office covers (Space selects)"): self._districts,
            _("Office name"): self._name, _("Your name"): self._account,
            _("Password, at least 8 characters"): self._password, _("Repeat the password"): self._again,
        }  # fmt: skip
        parts: list[Part] = [
            label(_("New office"), "title"),
            label(
                _("It will be stored in {folder}").format(folder=window.folder),
                "small",
                wrap=True,
            ),
        ]
        for word, made in words.items():
            made.setAccessibleName(word)
            parts += [label(word, "small"), made]
        self._districts.setMinimumHeight(96)
        inside = card(
            *parts,
            self._fault,
            line(button(_("Back"), window.back), None, self._go),
            width=520,
        )
        self.setLayout(
            rows(scrolled(inside))
        )  # higher than a small screen with big text
        self._country.currentIndexChanged.connect(self._list)
        self._list()

    @Slot()
    def _list(self) -> None:
        self._districts.clear()
        for name in districts(self._country.currentData()):
            item = QListWidgetItem(name)
            item.setFlags(
                Qt.ItemFlag.ItemIsUserCheckable
                | Qt.ItemFlag.ItemIsEnabled
                | Qt.ItemFlag.ItemIsSelectable
            )
            item.setCheckState(Qt.CheckState.Unchecked)
            self._districts.addItem(item)

    def tick(self, names: list[str]) -> None:
        """Tick these districts."""
        for i in range(self._districts.count()):
            item = self._districts.item(i)
            item.setCheckState(
                Qt.CheckState.Checked
                if item.text() in names
                else Qt.CheckState.Unchecked
            )

    def _ticked(self) -> tuple[str, ...]:
        items = [self._districts.item(i) for i in range(self._districts.count())]
        return tuple(
            item.text() for item in items if item.checkState() is Qt.CheckState.Checked
        )

    @Slot()
    def _make(self) -> None:
        if self._password.text() != self._again.text():
            self._fault.setText(_("The two passwords do not match."))
            self._again.setFocus()
            return
        folder = self._window.folder
        password = self._password.text()
        values = (
            self._name.text(),
            "",
            self._country.currentData(),
            self._ticked(),
            self._account.text(),
        )
        self._go.setEnabled(False)

        def work() -> Any:
            from cbs_desktop import founding

            return founding.found(folder, founding.Plan(*values), password)

        self._window.run(work, self._made, self._failed)

    def _failed(self, problem: BaseException) -> None:
        self._fault.setText(str(say(problem)))
        self._go.setEnabled(True)

    def _made(self, made: "tuple[Office, str]") -> None:
        self._window.show_page(RecoveryCode(self._window, *made))


class RecoveryCode(QWidget):
    """The code that opens the office when every password is lost. It is shown only here."""

    def __init__(self, window: SignIn, office: "Office", code: str) -> None:
        super().__init__()
        self._window = window
        self._office = office
        self._code = code
        shown = QLineEdit(code)
        shown.setReadOnly(True)
        shown.setAccessibleName(_("Recovery code"))
        shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        why = _(
            "Write this code down and lock it away. It is shown only once. "
            "With it you can replace a lost password; without a password "
            "or this code, nobody can read the records."
        )
        copy = button(_("Copy"), self._copy, "plain")
        go = button(_("I have written it down"), self._on, "main")
        self.setLayout(
            rows(
                card(
                    label(_("Recovery code"), "title"),
                    label(why, wrap=True),
                    shown,
                    line(copy, None, go),
                    width=560,
                )
            )
        )

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._code)

    @Slot()
    def _on(self) -> None:
        self._window.opened.emit(self._office)
