"""Which questionnaires the office uses: the list with what each is held against, its own from a file, blank forms."""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QWidget

from cbs_desktop import papers, settings
from cbs_desktop.problems import say
from cbs_desktop.screening import actions, change, files, queries
from cbs_desktop.screening.instrument import Basis, ChangeRule, Cutoff, Instrument, pick
from cbs_desktop.screening.instruments import Listed
from cbs_desktop.words import _, language
from ui.screen import Screen
from ui.vocabulary import SEXES, word
from ui.widgets.dialog import Dialog
from ui.widgets.form import Field, Form
from ui.widgets.parts import Facts, button, label, line, rows, scrolled
from ui.widgets.table import Column, Table
from ui.work import Work

_SIGNS = {">=": "≥", "<=": "≤"}
_EVERY = (0, 1, 5, 10, 20)


def _state(one: Listed) -> tuple[str, str]:
    if one.problem is not None:
        return "warn", _("Cannot be used")
    return ("ok", _("Used")) if one.used else ("quiet", _("Not used"))


def _title(one: Listed) -> str:
    return pick(one.instrument.title, language()) if one.instrument else one.key


class Questionnaires(Dialog):
    """The list, the one that is chosen, and what can be done with it."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self.table = Table(
            _("Questionnaires"),
            [
                Column(_("Questionnaire"), _title, strong=True, stretch=True, width=130),
                Column(_("Version"), lambda one: str(one.instrument.version) if one.instrument else "–", width=64),
                Column(_("State"), chip=_state, width=150),
            ],
        )
        self.table.chosen.connect(self._choose)
        self.facts, self._problem = Facts(), label("", "fault", wrap=True)
        self._use = button("", self._turn)
        self._blank = button(_("Blank form…"), self._ask_blank, "", "print")
        add = button(_("Add from a file…"), self._ask_file, "", "add")
        choices = [(n, self._often(n)) for n in _EVERY]
        self.form = Form([Field("every", _("Typed a second time by somebody else"), "choice", choices=choices)], 1)
        self.form.inputs["every"].activated.connect(self._set_every)
        about = QWidget()
        about.setLayout(rows(self._problem, self.facts, None, gap=6, margin=(4, 4, 4, 4)))
        both = line(gap=16)
        both.addWidget(self.table, 5)
        both.addWidget(scrolled(about), 6)
        inside = QWidget()
        inside.setLayout(rows(both, line(self._use, self._blank, None, add, gap=8), self.form, gap=10))
        super().__init__(screen, _("Questionnaires"), inside, _("Done"), 900)
        self.resize(900, 560)
        self.accepted_with.connect(self.well)
        self._ask()

    def _often(self, every: int) -> str:
        if every == 0:
            return _("no questionnaire")
        return _("every questionnaire") if every == 1 else _("every {n}th questionnaire").format(n=every)

    def _ask(self, *_value: Any) -> None:
        self._screen.desk.ask(self, queries.questionnaires, then=self._show)
        self._screen.desk.ask(self, settings.all_values, then=self._show_values)

    def _show(self, found: list[Listed]) -> None:
        self.table.show_rows(found, key=lambda one: one.key)
        self.table.setFocus()

    def _show_values(self, values: dict[str, Any]) -> None:
        self.form.show_values({"every": values["second entry every"]})

    def _set_every(self, *_index: Any) -> None:
        every = self.form.values()["every"]
        self._screen.desk.do(self, settings.set_value, "second entry every", every, failed=self.failed)

    def _choose(self, one: Listed | None) -> None:
        self._use.setEnabled(one is not None and one.problem is None)
        self._blank.setEnabled(one is not None and one.instrument is not None)
        if one is None:
            return
        self._use.setText(_("Do not use") if one.used else _("Use"))
        self._use.setAccessibleName(f"{self._use.text()}: {_title(one)}")
        self._problem.setText(str(say(one.problem)) if one.problem is not None else "")
        self._problem.setVisible(one.problem is not None)
        self.facts.show_facts(_told(one.instrument, one.own) if one.instrument else [(_("File"), one.file)])

    def _turn(self) -> None:
        one = self.table.current()
        if one is not None:
            act = (actions.use_instrument, one.key, not one.used)
            self._screen.desk.do(self, *act, then=self._ask, failed=self.failed)

    def _ask_file(self) -> None:
        kinds = _("Questionnaires") + " (*.toml *.xlsx *.xls)"
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Add a questionnaire"), "", kinds)
        if chosen:
            self.take(Path(chosen))

    def take(self, path: Path) -> None:
        """Read a file beside the window, and add what it holds when it is whole."""
        self._trouble.hide()
        add = partial(self._add, path.name)
        work = Work(self, files.content, path, then=add, failed=self.failed, takes_progress=False)
        self._screen.working.emit(work, _("Reading the questionnaire"))
        work.start()

    def _add(self, name: str, content: dict[str, Any]) -> None:
        self._screen.desk.do(self, actions.add_instrument, content, name, then=self._ask, failed=self.failed)

    def _ask_blank(self) -> None:
        one = self.table.current()
        if one is not None:
            chosen, _kind = QFileDialog.getSaveFileName(self, _("Save blank form"), f"{one.key}.pdf", "*.pdf")
            if chosen:
                self.write_blank(one.key, Path(chosen))

    def write_blank(self, key: str, path: Path) -> None:
        """Write the blank form of a questionnaire to a file."""

        def write() -> None:
            papers.save(path, papers.blank_form(self._screen.desk.office, key))

        said = partial(self._screen.said.emit, _("Saved as {file}").format(file=path.name))
        self._screen.work(_("Writing the form"), write, then=lambda _value: said(), takes_progress=False)


def _told(form: Instrument, own: bool) -> list[tuple[str, str]]:
    """All that a questionnaire is held against, as pairs of word and value."""
    facts = [
        (_("From"), _("the office") if own else _("the program")),
        (_("Period"), pick(form.recall, language())),
        (_("Questions"), str(len(form.items))),
        (_("Languages"), ", ".join(form.languages)),
    ]
    if risk := ", ".join(str(item.number) for item in form.items if item.risk):
        facts.append((_("Safety card"), _("any answer but 0 to question {numbers}").format(numbers=risk)))
    for score in form.scores:
        low, high = form.span(score)
        facts.append((pick(score.title, language()), _("{low} to {high}").format(low=f"{low:f}", high=f"{high:f}")))
    facts += [(_("Cut-off"), _cutoff(one)) for one in form.cutoffs]
    for bands in form.bands:
        parts = "; ".join(f"{low:f}–{high:f} {pick(w, language())}" for low, high, w in bands.bands)
        facts.append((_("Bands"), f"{parts}. {_basis(bands.basis)}"))
    facts += [(_("Rule"), f"{pick(one.title, language())}. {_basis(one.basis)}") for one in form.rules]
    facts += [(_("Change"), _change(one)) for one in form.changes]
    return [*facts, (_("Licence"), form.licence)]


def _basis(basis: Basis) -> str:
    parts = (basis.set, pick(basis.note, language()), pick(basis.population, language()), basis.source)
    return " · ".join(filter(None, parts))


def _cutoff(one: Cutoff) -> str:
    sex = f"{word(SEXES, one.sex)}: " if one.sex else ""
    return f"{sex}{_SIGNS.get(one.operator, one.operator)} {one.value:f}. {_basis(one.basis)}"


def _change(one: ChangeRule) -> str:
    sex = f"{word(SEXES, one.sex)}: " if one.sex else ""
    if one.points is not None:
        return sex + _("from {n} points on ({source})").format(n=f"{one.points:f}", source=one.source)
    return sex + _("more than {n} ({source})").format(n=f"{change.index(one):.2f}", source=one.source)
