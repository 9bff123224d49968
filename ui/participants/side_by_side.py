"""Two records side by side: which one stays, and which value of each field."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QWidget

from cbs_desktop.duplicates.queries import Side, SideBySide
from cbs_desktop.participants.fields import PERSON_FIELDS, PersonField
from cbs_desktop.participants.national_id import masked
from cbs_desktop.participants.rules import PersonDetails, shown
from cbs_desktop.words import _, many
from ui.vocabulary import SAFE_TO_CALL, SEXES, full_day, weekday, word
from ui.widgets.parts import clear, label

# Fields of a record that stand in others, or may not be seen.
_UNSHOWN = ("facility_id", "categories", "age_estimated")
_FIELDS = tuple(
    field
    for field in PERSON_FIELDS
    if field.key in PersonDetails.__slots__ and field.key not in _UNSHOWN
)
_WITH_BIRTH = ("born_on", "born_year", "age_estimated")


class SideBySideView(QWidget):
    """A line for each field, a column for each record; where they differ, one of the two values is chosen."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        self.setLayout(self._grid)
        self._pair: SideBySide | None = None
        self._choices: dict[str, QButtonGroup] = {}

    def show_pair(self, pair: SideBySide) -> None:
        """Show two records; the one with more behind it is proposed to stay, and values that the other lacks."""
        self._pair = pair
        self._choices.clear()
        clear(self._grid)
        self._offer("", _("Keep this record"), [_head(side) for side in self._sides()])
        self._choices[""].button(_weightier(pair)).setChecked(True)
        for field in _FIELDS:
            self._show_field(field)
        self._tell(_("Groups"), [", ".join(side.groups) for side in self._sides()])
        self._tell(
            _("Certificates"), [", ".join(side.certificates) for side in self._sides()]
        )
        self._tell(_("Also there"), [_counts(side) for side in self._sides()])
        self.changed.emit()

    def _sides(self) -> tuple[Side, Side]:
        assert self._pair is not None, "no pair is shown"
        return self._pair.one, self._pair.other

    def _show_field(self, field: PersonField) -> None:
        texts = [_text(field, side) for side in self._sides()]
        name = _(field.label)
        if texts[0] == texts[1] and not self._numbers_differ(field):
            if texts[0]:
                self._tell(name, texts)
            return
        self._offer(field.key, name, texts)
        kept = self.kept()
        chosen = kept if texts[kept] else 1 - kept
        self._choices[field.key].button(chosen).setChecked(True)

    def _numbers_differ(self, field: PersonField) -> bool:
        """Whether two numbers of cards only end alike."""
        one, other = (side.person.details.id_number for side in self._sides())
        return field.key == "id_number" and one != other

    def _offer(self, key: str, name: str, texts: list[str]) -> None:
        """A line of which one side is chosen."""
        row = self._grid.rowCount()
        self._grid.addWidget(label(name, "small"), row, 0)
        group = QButtonGroup(self)
        for column, text in enumerate(texts):
            choice = QRadioButton(text.replace("&", "&&") or _("nothing"))
            choice.setAccessibleName(f"{name}: {text or _('nothing')}")
            group.addButton(choice, column)
            self._grid.addWidget(choice, row, column + 1)
        group.idToggled.connect(lambda _id, on: on and self.changed.emit())
        self._choices[key] = group

    def _tell(self, name: str, texts: list[str]) -> None:
        row = self._grid.rowCount()
        self._grid.addWidget(label(name, "small"), row, 0)
        for column, text in enumerate(texts):
            self._grid.addWidget(label(text or "–", wrap=True), row, column + 1)

    def kept(self) -> int:
        """Which of the two stays: 0 or 1."""
        return self._choices[""].checkedId()

    def details(self) -> PersonDetails:
        """The record that stays, with the values that were chosen."""
        from dataclasses import replace

        sides = self._sides()
        chosen: dict[str, object] = {}
        for field in _FIELDS:
            if field.key not in self._choices:
                continue
            side = sides[self._choices[field.key].checkedId()]
            keys = _WITH_BIRTH if field.key == "born_on" else (field.key,)
            chosen |= {key: getattr(side.person.details, key) for key in keys}
        return replace(sides[self.kept()].person.details, **chosen)


def _head(side: Side) -> str:
    details = side.person.details
    return f"{shown(details.own_name, details.other_names)}, {side.person.number}"


def _weightier(pair: SideBySide) -> int:
    """The record with more behind it; the older one where both have the same."""
    one, other = (
        side.sessions + len(side.certificates) + side.questionnaires
        for side in (pair.one, pair.other)
    )
    if one == other:
        return int(pair.other.person.id < pair.one.person.id)
    return int(other > one)


def _text(field: PersonField, side: Side) -> str:
    """A field as it is read."""
    details = side.person.details
    value = getattr(details, field.key)
    if field.key == "place_id":
        return side.person.place
    if field.key == "born_on":
        return full_day(value) if value else str(details.born_year or "")
    if field.key == "born_year":
        return ""
    if field.key == "sex":
        return word(SEXES, value)
    if field.key == "days":
        return ", ".join(map(weekday, value))
    if field.key == "release_on":
        return full_day(value) if value else ""
    if field.key == "id_number":
        return masked(value)
    if field.key == "safe_to_call":
        return "" if value is None else _(SAFE_TO_CALL[value])
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return str(value or "")


def _counts(side: Side) -> str:
    """What is behind a record beside groups and certificates."""
    said = [
        many("{n} session", "{n} sessions", side.sessions),
        many("{n} questionnaire", "{n} questionnaires", side.questionnaires),
        many("{n} consent", "{n} consents", len(side.person.consents)),
    ]
    return ", ".join(said)
