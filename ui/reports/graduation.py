"""The graduation report: a table whose every number opens its people, checked, and saved as PDF or spreadsheet."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QWidget

from cbs_desktop.exports.rules import Outgoing, Recipient
from cbs_desktop.reports import graduation_words, queries
from cbs_desktop.reports.graduation import Graduate, ReportLine
from cbs_desktop.reports.graduation import Graduation as Report
from cbs_desktop.reports.graduation_words import in_question
from cbs_desktop.words import _, many
from ui.desk import Desk
from ui.screen import PageAction, Screen
from ui.vocabulary import TRACKS, full_day, word
from ui.widgets.outgoing import keep, save_as
from ui.widgets.parts import (
    Chip,
    Empty,
    button,
    clear,
    label,
    line,
    rows,
    rule,
    scrolled,
    sheet,
)
from ui.widgets.table import Column, Table
from ui.work import Pieces


def _columns() -> list[tuple[str, str, dict[str, str]]]:
    """Head, figure of a Line, and the filter that opens its people."""
    return [
        (_("Graduates"), "total", {}),
        (_("Women"), "women", {"sex": "F"}),
        (_("Men"), "men", {"sex": "M"}),
        (_("Youth"), "youth", {"band": "youth"}),
        (_("Adults"), "adults", {"band": "adult"}),
        (_("Age unknown"), "unknown", {"band": "unknown"}),
        (_("Community"), "community", {"setting": "community"}),
        (_("Facility"), "facility", {"setting": "facility"}),
        (_("Facility women"), "facility_women", {"setting": "facility", "sex": "F"}),
        (_("Facility men"), "facility_men", {"setting": "facility", "sex": "M"}),
    ]


class GraduationPage(Screen):
    """Graduates by district, sex, age and setting."""

    word = "reports"
    watches = frozenset({"certificates", "participants", "groups"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.page_actions = (
            PageAction(_("Save as PDF"), "Ctrl+S", "save", self.save_pdf),
            PageAction(
                _("Save as spreadsheet"), "Ctrl+Shift+S", "export", self.save_sheet
            ),
        )
        self._report: Report | None = None
        self._pieces: Pieces | None = None
        self._grid = QGridLayout()
        self._grid.setContentsMargins(16, 12, 16, 12)
        self._grid.setVerticalSpacing(0)
        inside = QWidget()
        inside.setLayout(self._grid)
        self._checks = QGridLayout()
        self._checks.setColumnStretch(2, 1)
        self._checks.setVerticalSpacing(4)
        self._note = label("", "small", wrap=True)
        table = rows(scrolled(inside), rule(), gap=0)
        below = rows(
            label(_("Do the figures add up?"), "head"),
            self._checks,
            self._note,
            gap=8,
            margin=(16, 12, 16, 12),
        )
        table.addLayout(below)
        self._people = People(self._back)
        self._stack = QStackedWidget()
        self._stack.addWidget(sheet(table))
        self._stack.addWidget(sheet(self._people.layout_box))
        self.setLayout(rows(self._stack, margin=(24, 16, 24, 16)))

    def refresh(self) -> None:
        """Ask for the report of the latest round."""
        self.ask(queries.graduation, then=self._show)

    def _show(self, report: Report) -> None:
        self._report = report
        plan = report.round.plan
        self.tell(
            _(
                "Round {name}, {starts} – {ends} · "
                "{community} community groups, {facility} in facilities · {enrolled} enrolled"
            ).format(
                name=report.round.name,
                starts=full_day(plan.starts),
                ends=full_day(plan.ends),
                community=report.community_groups,
                facility=report.facility_groups,
                enrolled=report.enrolled,
            )
        )
        if self._pieces is not None:
            self._pieces.stop()
        clear(self._grid)
        clear(self._checks)
        self._pieces = Pieces(self, self._fill(report))
        rule = _(
            "A graduate holds a certificate from this round that has "
            "not been withdrawn. Youth or adult by age at the start of "
            "the group. Press a number to see the people."
        )
        self._note.setText(" ".join([rule, *in_question(report)]))

    def _fill(self, report: Report) -> Iterator[None]:
        """The heads, then a district at a time, then the checks."""
        if not report.lines:
            self._grid.addWidget(
                Empty(_("No certificate has been issued in this round yet.")), 0, 0
            )
            self._show_checks(report)
            return
        for column, (head, _figure, _where) in enumerate(_columns(), 1):
            made = label(head, "small", wrap=True)
            made.setAlignment(
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom
            )
            self._grid.addWidget(made, 0, column)
            self._grid.setColumnStretch(column, 1)
        self._grid.setColumnMinimumWidth(0, 130)
        self._grid.setRowStretch(len(report.lines) + 2, 1)
        for row, one in enumerate((*report.lines, report.total), 1):
            yield
            self._fill_row(row, one)
        yield
        self._show_checks(report)

    def _show_checks(self, report: Report) -> None:
        for place, check in enumerate(report.checks):
            if check.fits:
                chip = Chip("ok", _("adds up"))
            else:
                chip = Chip("stop", _("does not add up"))
            words = _("{what}: {parts} of {total}").format(
                what=_(check.what), parts=check.parts, total=check.total
            )
            self._checks.addLayout(line(chip, label(words), 24), place // 2, place % 2)

    def _fill_row(self, row: int, one: ReportLine) -> None:
        name = one.district or _("All {level.districts}")
        role = "" if one.district else "strong"
        self._grid.addWidget(label(name, role), row, 0)
        right = Qt.AlignmentFlag.AlignRight
        for column, (head, figure, where) in enumerate(_columns(), 1):
            number = self._number(one, head, figure, where)
            self._grid.addWidget(number, row, column, right)

    def _number(
        self, one: ReportLine, head: str, figure: str, where: dict[str, str]
    ) -> QWidget:
        value = getattr(one, figure)
        made = button(
            str(value), partial(self._open_people, one.district, where), "plain"
        )
        made.setAccessibleName(
            f"{one.district or _('All {level.districts}')}, {head}: {value}"
        )
        made.setEnabled(bool(value))
        return made

    def _open_people(
        self, district: str, where: dict[str, str], *_more: object
    ) -> None:
        self.ask(
            queries.graduates,
            None,
            district,
            where.get("sex", ""),
            where.get("band", ""),
            where.get("setting", ""),
            then=self._show_people,
        )

    def _show_people(self, people: list[Graduate]) -> None:
        self._people.show(people)
        self._stack.setCurrentIndex(1)

    @Slot()
    def _back(self) -> None:
        self._stack.setCurrentIndex(0)

    @Slot()
    def save_pdf(self) -> None:
        """Save as PDF."""
        self._save("pdf")

    @Slot()
    def save_sheet(self) -> None:
        """Save as a spreadsheet."""
        self._save("xlsx")

    def _save(self, ending: str) -> None:
        if self._report is None:
            return
        name = f"graduation-{self._report.round.name}.{ending}"
        kind = "graduation report"
        title = _("Save report")
        save_as(self, self.desk, kind, title, name, f"*.{ending}", self.write)

    def write(self, path: Path, *_to: Recipient) -> None:
        """Write the report to a file, by its ending."""

        def made(content: bytes) -> None:
            said = _("Saved as {file}").format(file=path.name)
            keep(self, Outgoing("graduation report"), {path: content}, said)

        self.work(
            _("Saving the report"),
            graduation_words.report_content,
            self.desk.office,
            self._report,
            path.suffix,
            then=made,
            takes_progress=False,
        )


class People:
    """The people behind a number."""

    def __init__(self, back: Callable[[], None]) -> None:
        self.table = Table(
            _("People in this figure"),
            [
                Column(_("Certificate"), lambda one: one.certificate, width=190),
                Column(
                    _("Name"),
                    lambda one: one.name,
                    strong=True,
                    stretch=True,
                    width=260,
                ),
                Column(_("Group"), lambda one: one.group, width=150),
                Column(_("District"), lambda one: one.district, width=130),
                Column(_("Sex"), lambda one: one.sex, width=60),
                Column(_("Age group"), lambda one: word(TRACKS, one.band), width=110),
            ],
        )
        self._count = label("", "head")
        self.layout_box = rows(
            line(
                button(_("Back to the report"), back, "", "previous", "Esc"),
                self._count,
                None,
                margin=(16, 12, 16, 8),
            ),
            self.table,
            gap=0,
        )

    def show(self, people: list[Graduate]) -> None:
        """Show them."""
        self._count.setText(many("{n} person", "{n} people", len(people)))
        self.table.show_rows(people, key=lambda one: one.person_id)
        self.table.setFocus()
