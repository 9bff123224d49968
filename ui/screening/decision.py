"""The decision about one person: what the sheets say and suggest for those who may see it, and which way the person goes."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QComboBox,
    QGridLayout,
    QLineEdit,
    QPushButton,
    QWidget,
)

from cbs_desktop.errors import Invalid
from cbs_desktop.screening import actions, reasons, results, rules
from cbs_desktop.screening.actions import Decided
from cbs_desktop.screening.pathway import PathwayProposal, Reason
from cbs_desktop.screening.queries import Awaiting
from cbs_desktop.screening.results import Found
from cbs_desktop.words import _
from ui.screening import result
from ui.vocabulary import (
    NO_CONSENT,
    PATHWAYS,
    SEXES,
    STATES,
    SUPPORT,
    chip,
    full_day,
    word,
)
from ui.widgets.half_typed import Keeper
from ui.widgets.parts import Chip, button, clear, label, line, rows, rule, scrolled

if TYPE_CHECKING:
    from ui.screening.line import Screening

_COLUMNS = 3
_HALF = ("pathway", "track", "support", "reason")
_SHEETS = ("score", "rule", "need")


class DecisionPanel(QWidget):
    """Every sheet of the round, the proposal with its reasons for and against, and the ways to choose from."""

    def __init__(self, screen: "Screening") -> None:
        super().__init__()
        self._screen = screen
        self._one: Awaiting | None = None
        self._proposal: PathwayProposal | None = None
        self._name = label("", "title")
        self._about = label("", "small", wrap=True)
        self._state = Chip()
        self._sealed = Chip(
            "sealed", _("Sealed: only the screener can see the answers and the score")
        )
        self._proposed = label("", "strong", wrap=True)
        self._sheets = rows(gap=8)
        self._reasons = rows(gap=3)
        self._others = rows(gap=3)
        self._more = button(
            _("Reasons for the other pathways"), self._show_others, "plain"
        )
        self.ways: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._track = QComboBox()
        self._support = QComboBox()
        self._reason = QLineEdit()
        self._fault = label("", "fault", wrap=True)
        self._fault.hide()
        for code, text in (
            ("", _("Group for their age")),
            ("youth", _("Youth group")),
            ("adult", _("Adult group")),
        ):
            self._track.addItem(text, code)
        self._track.setAccessibleName(_("Preferred group"))
        for code in rules.SUPPORT:
            self._support.addItem(word(SUPPORT, code), code)
        self._support.setAccessibleName(_("Support needed in the group"))
        self._reason.setAccessibleName(_("Reason, in a few words"))
        self._reason.setMaxLength(rules.OUTCOME_MOST)
        self.decide_button = button(
            _("Decide"), self._decide, "main", "check", "Ctrl+Enter"
        )
        self.keeper = Keeper(self, self._half_typed, self._show_half_typed)
        self._reason.textEdited.connect(self._touch)
        self._group.buttonClicked.connect(self._touch)
        self._track.activated.connect(self._touch)
        self._support.activated.connect(self._touch)
        self._touched = False
        self._build()

    def _build(self) -> None:
        head = line(gap=8)
        head.addLayout(rows(self._name, self._about, gap=0), 1)
        head.addWidget(self._state)
        ways = QGridLayout()
        ways.setSpacing(6)
        for place, (code, text) in enumerate(PATHWAYS.items()):
            made = button(_(text), None, "choice")
            made.setCheckable(True)
            self._group.addButton(made)
            self.ways[code] = made
            ways.addWidget(made, place // _COLUMNS, place % _COLUMNS)
        ways.setColumnStretch(_COLUMNS, 1)
        self._again = button(
            _("Another questionnaire"), self._screen_again, "plain", "screening"
        )
        inside = QWidget()
        inside.setLayout(
            rows(
                head,
                rule(),
                self._sealed,
                self._sheets,
                self._proposed,
                self._reasons,
                line(self._more, None),
                self._others,
                label(_("Pathway"), "head"),
                ways,
                rows(
                    label(_("Reason, in a few words, without stories"), "small"),
                    self._reason,
                    gap=3,
                ),
                line(
                    rows(label(_("Preferred group"), "small"), self._track, gap=3),
                    rows(
                        label(_("Support needed in the group"), "small"),
                        self._support,
                        gap=3,
                    ),
                    gap=12,
                ),
                self._fault,
                None,
                gap=10,
                margin=(10, 14, 10, 14),
            )
        )
        box = rows(gap=0)
        box.addLayout(line(self.keeper.line, margin=(16, 8, 16, 0)))
        box.addWidget(scrolled(inside), 1)
        box.addWidget(rule())
        box.addLayout(
            line(self._again, None, self.decide_button, margin=(16, 8, 16, 8))
        )
        self.setLayout(box)

    def show_person(self, one: Awaiting) -> None:
        """Show somebody who was screened."""
        if self._one == one and self._touched:
            return  # it is being decided: what the database says is older
        self._keep_of(one)
        self._one = one
        self._proposal = None
        self._name.setText(one.name)
        age = "?" if one.age is None else str(one.age)
        self._about.setText(
            f"{one.number} · {word(SEXES, one.sex)}, {age} · {one.place} · {full_day(one.since)}"
        )
        self._state.tell(*chip(STATES, one.state))
        self._check(one.state)
        self._track.setCurrentIndex(0)
        self._support.setCurrentIndex(0)
        self._fault.hide()
        for box in (self._sheets, self._reasons, self._others):
            clear(box)
        self._proposed.setText("")
        self._more.hide()
        may_see = self._screen.may(results.found)
        may_decide = self._screen.may(actions.decide)
        self._sealed.setVisible(not may_see)
        self.decide_button.setEnabled(may_decide)
        for made in self.ways.values():
            made.setEnabled(may_decide)
        if may_see:
            self._screen.ask(
                results.found, one.person_id, then=partial(self._show_found, one)
            )

    def _keep_of(self, one: Awaiting) -> None:
        """What was typed of somebody else stays kept; from now on it is about this person."""
        self.keeper.leave()
        self._reason.clear()
        self._touched = False
        self.keeper.begin(self._screen.desk, actions.decide, one.person_id)

    @Slot()
    def _touch(self, *_changed: object) -> None:
        self._touched = True
        self.keeper.touched()

    def _half_typed(self) -> dict[str, object]:
        if not self._touched:
            return {}
        return {
            "pathway": self._chosen() or "",
            "track": self._track.currentData(),
            "support": self._support.currentData(),
            "reason": self._reason.text(),
        }

    def _show_half_typed(self, kept: dict[str, object]) -> list[str]:
        """Put back what was chosen and typed; the fields that do not fit are given back."""
        left = [key for key in kept if key not in _HALF]
        if str(kept.get("pathway")) in self.ways:
            self._check(str(kept["pathway"]))
        for key, box in (("track", self._track), ("support", self._support)):
            if (place := box.findData(kept.get(key))) >= 0:
                box.setCurrentIndex(place)
            else:
                left.append(key)
        self._reason.setText(str(kept.get("reason", "")))
        self._touched = True
        return left

    def _chosen(self) -> str | None:
        return next(
            (code for code, made in self.ways.items() if made.isChecked()), None
        )

    def _check(self, way: str) -> None:
        self._group.setExclusive(False)
        for code, made in self.ways.items():
            made.setChecked(code == way)
        self._group.setExclusive(True)

    def _show_found(self, one: Awaiting, found: Found) -> None:
        if self._one != one:
            return
        for box in (self._sheets, self._reasons, self._others):
            clear(box)
        for each in found.results:
            self._sheets.addWidget(result.shown(each))
        self._proposal = found.proposal
        if found.no_consent:
            self._tell_sealed(found.no_consent)
            return
        way = word(PATHWAYS, found.proposal.pathway)
        self._proposed.setText(_("Suggested: {way}. You decide.").format(way=way))
        mine = [
            r for r in found.proposal.reasons if r.pathway == found.proposal.pathway
        ]
        self._add_reasons(self._reasons, mine or found.proposal.reasons)
        self._more.setVisible(bool(mine) and len(mine) < len(found.proposal.reasons))
        if one.state == "to decide" and not self._touched:
            self._check(found.proposal.pathway)

    def _tell_sealed(self, why: str) -> None:
        """Without consent nothing is unsealed and nothing decided."""
        self._more.hide()
        kind = chip(NO_CONSENT, why)[1]
        self._proposed.setText(_("{why}. The results stay sealed.").format(why=kind))
        self.decide_button.setEnabled(False)

    def _add_reasons(
        self, box: QBoxLayout, found: Sequence[Reason], ways: bool = False
    ) -> None:
        """One sentence a reason, marked + for, − against, ? cannot be told; the words say it too."""
        for each in sorted(found, key=_weight):
            if (
                each.code == "not taken"
                and not ways
                and any(one.holds for one in found if one.code in _SHEETS)
            ):
                continue  # what was filled in speaks already
            if sentence := reasons.say(each):
                sign, kind = {
                    True: ("+", _("For")),
                    False: ("−", _("Against")),
                    None: ("?", _("Open")),
                }[each.holds]
                where = f"{word(PATHWAYS, each.pathway)}: " if ways else ""
                mark = label(sign, "strong")
                whether = label(kind, "second")
                mark.setFixedWidth(14)
                whether.setFixedWidth(52)
                made = line(mark, whether, gap=6)
                made.addWidget(label(where + sentence, wrap=True), 1)
                box.addLayout(made)

    def _show_others(self) -> None:
        self._more.hide()
        if self._proposal is not None:
            others = [
                r for r in self._proposal.reasons if r.pathway != self._proposal.pathway
            ]
            self._add_reasons(self._others, others, ways=True)

    def begin(self) -> None:
        """Put the cursor on the ways."""
        chosen = self._group.checkedButton()
        (chosen or next(iter(self.ways.values()))).setFocus()

    def _decide(self) -> None:
        chosen = self._chosen()
        if chosen is None or self._one is None:
            self._screen.said.emit(_("Choose a pathway first."))
            return
        track = self._track.currentData()
        support = self._support.currentData()
        decided = Decided(
            self._one.person_id, chosen, track, self._reason.text(), support
        )
        from cbs_desktop.programmes.queries import rounds

        desk = self._screen.desk
        self._screen.ask(
            rounds,
            then=lambda found: desk.do(
                self,
                actions.decide,
                found[0].id,
                decided,
                then=partial(self._decided, decided.person_id),
                failed=self._failed,
            ),
        )

    def _decided(self, person_id: int, _value: object) -> None:
        if self._one is None or self._one.person_id != person_id:
            return  # the next person is shown already
        self._fault.hide()
        self._reason.clear()
        self._touched = False
        self.keeper.throw_away()

    def _failed(self, problem: BaseException) -> None:
        from cbs_desktop.problems import say_fault

        if isinstance(problem, Invalid) and all(
            fault.field == "reason" for fault in problem.faults
        ):
            self._fault.setText(" ".join(say_fault(fault) for fault in problem.faults))
            self._fault.show()
            self._reason.setFocus()
        else:
            self._screen.problem.emit(problem)

    def _screen_again(self) -> None:
        if self._one is not None:
            self._screen.screen_again(
                self._one.person_id,
                "endline" if self._one.state == "sociotherapy" else "screening",
            )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter decides."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and control:
            self._decide()
        else:
            super().keyPressEvent(event)


def _weight(reason: Reason) -> int:
    return {True: 0, False: 1, None: 2}[reason.holds]
