"""What needs a person: a list of each kind with its count, opened by Enter, printed, and for visits ticked off."""

from datetime import date
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget

from cbs_desktop.needs import actions, documents, queries
from cbs_desktop.needs.kinds import COLUMNS, NEEDS
from cbs_desktop.needs.queries import NeedLine
from cbs_desktop.overview.queries import people_list
from cbs_desktop.words import _
from ui.desk import Desk
from ui.needs.printing import NeedPaper
from ui.needs.visiting import VisitForm
from ui.screen import PageAction, Screen
from ui.widgets.parts import label, line, rows, rule, sheet
from ui.widgets.table import Column, Table

_WIDTHS = {
    "number": 104, "name": 180, "phone": 130, "place": 170, "group": 88, "facilitators": 220, "session": 64,
    "planned": 96, "late": 76, "marked": 76, "came": 104, "absent": 72, "tried": 96, "attended": 76, "most": 68, "needed": 68,
    "remaining": 92, "joined": 96, "held": 104, "meets": 200, "missing": 70, "gone": 160, "weekday": 90,
    "cannot": 130, "better": 120,
}  # fmt: skip
_STRETCHED = ("facilitators",)
_KINDS = 276  # pixels of the names of the lists
_PLACES = {"person": "participants", "session": "attendance", "group": "groups"}


def _columns(kind: str) -> list[Column]:
    made: list[Column] = []
    for key in NEEDS[kind].columns:
        made.append(
            Column(
                _(COLUMNS[key]),
                partial(_text, key),
                right=key in documents.RIGHT,
                strong=key == "name",
                width=_WIDTHS[key],
                stretch=key in _STRETCHED,
                sort=partial(_sorted_by, key),
            )
        )
    return made


def _text(key: str, line: NeedLine) -> str:
    return documents.text(line, key)


def _sorted_by(key: str, line: NeedLine) -> tuple[bool, object]:
    """Days and numbers by what they are; what is missing comes first."""
    value = documents.cell(line, key)
    if isinstance(value, date):
        return True, value.toordinal()
    if isinstance(value, int):
        return True, value
    return False, value.casefold()


def _key(line: NeedLine) -> tuple[int, int, int]:
    return line.group_id, line.session_id, line.person_id


class Needs(Screen):
    """The lists, the chosen one beside their names."""

    word = "needs"
    watches = frozenset(
        {"attendance", "groups", "participants", "facilitators", "needs"}
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.offer(
            PageAction(
                _("Print or save"), "Ctrl+P", "print", self.print_list, people_list
            ),
            PageAction(_("Visited"), "F4", "visit", self.visited, actions.note_visit),
        )
        self.kinds = Table(
            _("Lists of what needs a person"),
            [
                Column(_("List"), self._title_of, width=_KINDS - 62, strong=True),
                Column(_("Lines"), self._count_of, right=True, width=60),
            ],
        )
        self.kinds.setFixedWidth(_KINDS)
        self.kinds.chosen.connect(self._choose)
        self.kinds.opened.connect(self._enter)
        self._found: dict[str, list[NeedLine]] = {}
        self._wanted = ""
        self._title = label("", "head")
        self._why = label("", "small", wrap=True)
        self._stack = QStackedWidget()
        self.tables: dict[str, Table] = {}
        for kind in NEEDS:
            table = Table(_(NEEDS[kind].title), _columns(kind))
            table.opened.connect(self._open)
            self.tables[kind] = table
            self._stack.addWidget(table)
        self._build()

    def _build(self) -> None:
        self._hint = label("", "small")
        head = rows(self._title, self._why, gap=2, margin=(16, 12, 16, 10))
        right = rows(head, rule(), gap=0)
        right.addWidget(self._stack, 1)
        right.addWidget(rule())
        right.addLayout(line(self._hint, margin=(16, 8, 16, 8)))
        left = rows(gap=0)
        left.addWidget(self.kinds, 1)
        box = line(gap=12, margin=(24, 12, 24, 12))
        box.addWidget(sheet(left))
        box.addWidget(sheet(right), 1)
        self.setLayout(box)
        self.kinds.show_rows(list(NEEDS))

    def _title_of(self, kind: str) -> str:
        return _(NEEDS[kind].title)

    def _count_of(self, kind: str) -> str:
        if kind not in self._found:
            return "…"
        return str(len(self._found[kind]))

    @property
    def kind(self) -> str:
        """The list that is shown."""
        return self.kinds.current() or next(iter(NEEDS))

    def refresh(self) -> None:
        """Ask for all lists."""
        self.ask(queries.all_needs, then=self._show)

    def _show(self, found: dict[str, list[NeedLine]]) -> None:
        self._found = found
        for kind, lines in found.items():
            self.tables[kind].show_rows(lines, key=_key)
        self.kinds.show_rows(list(NEEDS))
        if self._wanted:
            self.show_item(self._wanted)
        self._tell()

    @Slot(object)
    def _choose(self, kind: str | None) -> None:
        if kind is None or kind not in self.tables:
            return
        self._stack.setCurrentWidget(self.tables[kind])
        self._title.setText(_(NEEDS[kind].title))
        self._tell()

    def _tell(self) -> None:
        kind = self.kind
        why = _(NEEDS[kind].why)
        if kind in self._found and not self._found[kind]:
            why = _("Nothing to do here. {why}").format(why=why)
        self._why.setText(why)
        self._hint.setText(self._keys(kind))
        if kind in self._found:
            self.tell(documents.count_words(kind, len(self._found[kind])))

    def _keys(self, kind: str) -> str:
        """What the keys do in a list."""
        if NEEDS[kind].opens == "session":
            return _("Enter opens the register of the session   Ctrl+P prints the list")
        if NEEDS[kind].opens == "group":
            return _("Enter opens the group   Ctrl+P prints the list")
        if not self.may(actions.note_visit):
            return _("Enter opens the person   Ctrl+P prints the list")
        return _("Enter opens the person   F4 visited   Ctrl+P prints the list")

    def _enter(self, kind: str) -> None:
        """From the names of the lists into the one that is chosen."""
        self.tables[kind].setFocus()

    def _open(self, line: NeedLine) -> None:
        opens = NEEDS[line.kind].opens
        item: object = line.person_id or line.group_id
        if opens == "session":
            item = ("session", line.group_id, line.session_id)
        self.opens.emit(_PLACES[opens], item)

    def show_item(self, item: object) -> None:
        """A list by its kind."""
        if not isinstance(item, str) or item not in NEEDS:
            return
        self._wanted = "" if self._found else item
        self.kinds.choose(list(NEEDS).index(item))

    @Slot()
    def visited(self) -> None:
        """Note that the person under the cursor was visited."""
        line = self.tables[self.kind].current()
        if line is None or not line.person_id:
            self.said.emit(_("Choose a person of a list first, then press F4."))
            return
        VisitForm(self, line).show()

    @Slot()
    def print_list(self) -> None:
        """The list that is shown, as it will be printed."""
        lines = self._found.get(self.kind)
        if lines is not None:
            NeedPaper(self, self.kind, lines).show()

    def setFocus(self, *reason: object) -> None:
        """The cursor belongs into the list."""
        self.tables[self.kind].setFocus()

    def find_in_list(self) -> None:
        """Ctrl+F chooses a list."""
        self.kinds.setFocus()
