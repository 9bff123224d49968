"""Home: what needs doing today, most urgent first, and how far the season is."""

from datetime import date, datetime
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from cbs_desktop import clock, words
from cbs_desktop.drafts import queries as drafts
from cbs_desktop.drafts.queries import Unfinished
from cbs_desktop.overview import queries as overview
from cbs_desktop.overview.home import Today, Todo
from cbs_desktop.programmes.queries import RoundFacts
from cbs_desktop.protection import problems as breach_words
from cbs_desktop.words import _, many
from ui import theme
from ui.desk import Desk
from ui.overview import need_words, unfinished
from ui.overview.first_steps import FirstSteps
from ui.screen import Screen
from ui.vocabulary import PHASES, full_day, short_day, weekday, word
from ui.widgets.parts import (
    Chip,
    Empty,
    Figure,
    button,
    clear,
    label,
    line,
    picture,
    rows,
    rule,
    scrolled,
    sheet,
)

_EVERY = 60_000  # milliseconds between two looks at the clock of a loss
# code → (kind, icon, place, filter)
_WAYS = {
    **need_words.WAYS,
    "breach": ("stop", "stop", "protection", "losses"),
    "safety cards": ("stop", "stop", "screening", "cards"),
    "requests": ("warn", "consent", "participants", None),
    "retention": ("info", "consent", "office", "retention"),
    "no consent": ("warn", "consent", "participants", "no consent"),
    "to decide": ("info", "screening", "screening", "to decide"),
    "second entries": ("info", "screening", "screening", "again"),
    "to compare": ("info", "screening", "screening", "again"),
    "to screen": ("info", "screening", "screening", "new"),
    "without a group": ("info", "groups", "groups", None),
    "papers differ": ("warn", "certificates", "certificates", "differ"),
    "ready to graduate": ("ok", "certificates", "certificates", None),
    "to print": ("ok", "print", "certificates", "print"),
    "next round": ("quiet", "register", "office", None),
    "backup": ("quiet", "backup", "office", "backup"),
}


Sayings = dict[str, tuple[str, str, str]]  # by code: what, more about it, its button


def _said(todo: Todo) -> tuple[str, str, str]:
    """What is to do, more about it, and the words of its button."""
    since = full_day(todo.since) if todo.since else ""
    if todo.code in need_words.WAYS:
        return need_words.said(todo, since)
    sayings = _about_people(todo, since) | _about_season(todo, since)
    return sayings[todo.code]


def _about_people(todo: Todo, since: str) -> Sayings:
    n = todo.count
    return {
        "safety cards": (
            many("{n} safety follow-up is open", "{n} safety follow-ups are open", n),
            many("The oldest has been open for {n} day.", "The oldest has been open for {n} days.", _days(todo.since))
            + " " + _("Only screeners can see who it is. Tell the screener today."), _("Open"),
        ),
        "requests": (
            many("{n} request about a person’s data is to be answered", "{n} requests about people’s data are to be answered", n),
            _("The first, of {number}, by {day}.").format(number=todo.example, day=since), _("Open the list"),
        ),
        "retention": (
            many("{n} record has been kept for its whole time", "{n} records have been kept for their whole time", n),
            _("Answers of old rounds, or people not seen for years: destroy them now."), _("See list"),
        ),
        "no consent": (
            many("{n} person in a group has no consent", "{n} people in groups have no consent", n),
            _("Ask them, and record the consent or the withdrawal."), _("See list"),
        ),
        "to decide": (
            many("{n} person is waiting for a decision", "{n} people are waiting for a decision", n),
            _("Screened; a screener decides on the pathway."), _("Decide"),
        ),
        "second entries": (
            many("{n} questionnaire is due for second entry", "{n} questionnaires are due for second entry", n),
            _("By somebody other than the first time."), _("Enter"),
        ),
        "to compare": (
            many("{n} questionnaire was entered twice", "{n} questionnaires were entered twice", n),
            _("A screener compares the two entries."), _("Compare"),
        ),
        "to screen": (
            many("{n} person to screen", "{n} people to screen", n),
            _("Registered since {day}.").format(day=since), _("Screen"),
        ),
        "without a group": (
            many("{n} eligible person has no group", "{n} eligible people have no group", n),
            _("Propose groups, review and accept them."), _("Place them"),
        ),
    }  # fmt: skip


def _about_season(todo: Todo, since: str) -> Sayings:
    n = todo.count
    return {
        "papers differ": (
            many("{n} certificate differs from the records", "{n} certificates differ from the records", n),
            _("The first is {number}. Keep, replace or withdraw each.").format(number=todo.example), _("See list"),
        ),
        "ready to graduate": (
            many("{n} person is ready to graduate", "{n} people are ready to graduate", n),
            _("They attended enough sessions."), _("Issue certificates"),
        ),
        "to print": (
            many("{n} certificate to print", "{n} certificates to print", n),
            _("Issued but not printed yet."), _("Print"),
        ),
        "next round": (
            _("Round {name} is over").format(name=todo.example),
            _("It ended on {day}. Finish what is left of it, then set up the next round.").format(day=since), _("Set up"),
        ),
        "backup": (
            _("Back up the office"),
            _("Last backup: {day}.").format(day=since) if since else _("There is none yet. Plug in the USB stick first."),
            _("Back up"),
        ),
    }  # fmt: skip


def _about_losses(todo: Todo, now: datetime) -> tuple[str, str, str]:
    what = many(
        "{n} loss or breach is open", "{n} losses or breaches are open", todo.count
    )
    untold, _bar, unreported = todo.example.partition("|")
    left = breach_words.clock_line(
        _moment(untold), _moment(unreported), words.country(), now
    )
    return what, left, _("Open")


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _days(since: date | None) -> int:
    if since:
        return (clock.day_of(clock.now()) - since).days
    return 0


class Home(Screen):
    """What needs doing today."""

    word = "home"
    watches = frozenset({"*"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._todos = rows(gap=0)
        self._clocks: list[tuple[Todo, QLabel]] = []
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self.move_clocks)
        self._timer.start()
        self._count = label("", "second")
        inside = QWidget()
        inside.setLayout(self._todos)
        inside.setMinimumHeight(1)  # else its words count as wrapped to their narrowest
        head = line(
            label(_("To do today"), "head"), self._count, None, margin=(16, 14, 16, 12)
        )
        self._unfinished = rows(gap=0)
        whole = QWidget()
        whole.setLayout(rows(self._unfinished, inside, gap=0))
        whole.setMinimumHeight(1)
        left = rows(head, rule(), scrolled(whole), gap=0)
        self._figures = [
            Figure(_("People"), partial(self._open, "participants", None)),
            Figure(_("In groups"), partial(self._open, "attendance", None)),
            Figure(_("Graduated"), partial(self._open, "reports", None)),
        ]
        self._season = SeasonPanel()
        self._week = Chip()
        self._round = label("", "head")
        self._targets = label("", "small", wrap=True)
        season = rows(
            line(self._round, None, self._week),
            self._targets,
            self._season,
            gap=8,
            margin=(16, 14, 16, 14),
        )
        self._states = rows(gap=0)
        stand = QWidget()
        stand.setLayout(rows(self._states, None))
        states = rows(
            label(_("People by status"), "head"), gap=10, margin=(16, 14, 8, 8)
        )
        states.addWidget(scrolled(stand), 1)
        right = rows(line(*self._figures, gap=12), sheet(season), gap=12)
        right.addWidget(sheet(states), 1)
        box = line(gap=16, margin=(24, 16, 24, 16))
        box.addWidget(sheet(left), 6)
        box.addLayout(right, 5)
        self.setLayout(box)

    def refresh(self) -> None:
        """Ask what there is to do."""
        self.ask(overview.today, then=self._show)
        self._ask_unfinished()

    def showEvent(self, event: QShowEvent) -> None:
        """Half-typed forms are no change of the office: they are asked for each time."""
        super().showEvent(event)
        self._ask_unfinished()

    def _ask_unfinished(self) -> None:
        self.ask(drafts.unfinished, then=self._show_unfinished)

    def _show_unfinished(self, found: list[Unfinished]) -> None:
        clear(self._unfinished)
        for one in unfinished.openable(found):
            self._unfinished.addWidget(unfinished.shown(one, self._open))
            self._unfinished.addWidget(rule())

    def _open(self, place: str, item: object, *_more: object) -> None:
        self.opens.emit(place, item)

    def _show(self, today: Today) -> None:
        day = clock.day_of(clock.now())
        name = self.desk.office.account.name
        self.tell(
            f"{weekday(day.weekday())} {full_day(day)} · {_season(today)}",
            _("Hello, {name}").format(name=name),
        )
        self._show_todos(today)
        people = sum(today.states.values())
        self._figures[0].tell(
            str(people),
            many("{n} not yet screened", "{n} not yet screened", today.states["new"]),
        )
        groups = many("{n} group", "{n} groups", today.groups)
        if today.over:
            groups = _("{groups}, ended").format(groups=groups)
        self._figures[1].tell(str(today.states["in group"]), groups)
        self._figures[2].tell(str(today.certificates), _("in this round"))
        self._show_season(today)
        self._show_states(today)

    def _show_todos(self, today: Today) -> None:
        clear(self._todos)
        self._clocks.clear()
        self._count.setText(
            many(
                "{n} task, most urgent first",
                "{n} tasks, most urgent first",
                len(today.todos),
            )
        )
        losses = [todo for todo in today.todos if todo.code == "breach"]
        for todo in losses:
            self._todos.addWidget(self._todo(todo))
            self._todos.addWidget(rule())
        if today.steps:
            steps = FirstSteps(self.desk.office.account)
            steps.opens.connect(self.opens)
            steps.show_steps(today.steps)
            self._todos.addWidget(steps)
            self._todos.addWidget(rule())
        elif not today.todos:
            self._todos.addWidget(
                Empty(_("Nothing to do. All registers are in and everybody is placed."))
            )
        for todo in today.todos[len(losses) :]:
            self._todos.addWidget(self._todo(todo))
            self._todos.addWidget(rule())
        self._todos.addStretch(1)

    @Slot()
    def move_clocks(self) -> None:
        """How much time is left now; nothing is asked again, and the cursor stays where it is."""
        for todo, about in self._clocks:
            _what, left, _act = _about_losses(todo, self.desk.office.now())
            about.setText(left)

    def _todo(self, todo: Todo) -> QWidget:
        kind, icon, place, item = _WAYS[todo.code]
        if todo.code == "breach":
            what, more, act = _about_losses(todo, self.desk.office.now())
        else:
            what, more, act = _said(todo)
        go = button(
            act, partial(self._open, place, item), "main" if kind == "stop" else ""
        )
        go.setAccessibleName(f"{what}: {act}")
        box = line(picture(icon, kind, 24), gap=14, margin=(18, 14, 16, 14))
        about = label(more, "small", wrap=True)
        if todo.code == "breach":
            self._clocks.append((todo, about))
        box.addLayout(rows(label(what, "strong", wrap=True), about, gap=2), 1)
        box.addWidget(go)
        made = QWidget()
        made.setLayout(box)
        return made

    def _show_season(self, today: Today) -> None:
        if today.round is None or today.progress is None:
            self._round.setText(_("No round yet"))
            return
        found = today.round
        progress = today.progress
        self._round.setText(_("Round {name}").format(name=found.name))
        if today.over:
            week = _("Over since {day}").format(day=short_day(found.plan.ends))
        else:
            week = _("Week {n}").format(n=max(0, today.week))
        self._week.tell("quiet" if today.over else "info", week)
        if progress.marks:
            rate = f"{100 * progress.came / progress.marks:.0f} %"
        else:
            rate = "–"
        target = found.plan.target_women + found.plan.target_men
        self._targets.setText(
            _(
                "{held} of {planned} sessions held · attendance {rate} · target {target} people"
            ).format(
                held=progress.held,
                planned=progress.sessions,
                rate=rate,
                target=target or "–",
            )
        )
        self._season.show_round(
            found, progress.held / progress.sessions if progress.sessions else 0
        )

    def _show_states(self, today: Today) -> None:
        from ui.vocabulary import STATES, chip

        clear(self._states)
        for code, count in today.states.items():
            if count:
                go = button(
                    str(count), partial(self._open, "participants", code), "plain"
                )
                go.setAccessibleName(f"{chip(STATES, code)[1]}: {count}")
                self._states.addLayout(line(Chip(*chip(STATES, code)), None, go))


def _season(today: Today) -> str:
    """The round, and whether it is over."""
    if today.round is None:
        return _("no round yet")
    if today.over:
        return _("round {name}, which is over").format(name=today.round.name)
    return _("round {name}").format(name=today.round.name)


class SeasonPanel(QWidget):
    """The phases of a round beside each other, and how much of all sessions was held: drawn, and said in words."""

    def __init__(self) -> None:
        super().__init__()
        self._round: RoundFacts | None = None
        self._held = 0.0
        self.setFixedHeight(58)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A strip."""
        return QSize(400, 58)

    def show_round(self, found: RoundFacts, held: float) -> None:
        """Show a round of which this share of all sessions was held."""
        self._round = found
        self._held = held
        self.setAccessibleName(
            _("{percent} % of all sessions held").format(percent=round(100 * held))
        )
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint phases and bar."""
        if self._round is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        total = sum(n for _name, n in self._round.rules.phases)
        left = 0.0
        done = self._held * total
        font = painter.font()
        font.setPixelSize(max(11, font.pixelSize() - 2))
        painter.setFont(font)
        before = 0
        for name, length in self._round.rules.phases:
            width = self.width() * length / total
            here = before <= done < before + length
            if here:
                ground = "accent"
            elif before < done:
                ground = "accentSoft"
            else:
                ground = "quietSoft"
            rect = QRectF(left, 0, width - 2, 24)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(ground))
            painter.drawRoundedRect(rect, 4, 4)
            painter.setPen(theme.colour("onAccent" if here else "text"))
            text = painter.fontMetrics().elidedText(
                word(PHASES, name), Qt.TextElideMode.ElideRight, round(width) - 8
            )
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
            left += width
            before += length
        self._bar(painter)

    def _bar(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("quietSoft"))
        painter.drawRoundedRect(QRectF(0, 34, self.width() - 2, 20), 4, 4)
        painter.setBrush(theme.colour("ok"))
        painter.drawRoundedRect(
            QRectF(0, 34, (self.width() - 2) * self._held, 20), 4, 4
        )
        painter.setPen(theme.colour("onAccent" if self._held > 0.2 else "text"))
        painter.drawText(
            QRectF(8, 34, 200, 20),
            Qt.AlignmentFlag.AlignVCenter,
            f"{100 * self._held:.0f} %",
        )
