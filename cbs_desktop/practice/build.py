"""Builds the practice office: found, import, screen, decide, allocate, mark week by week, issue. Only through actions."""

import shutil
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from random import Random

from cbs_desktop import founding, resource, settings
from cbs_desktop.attendance import actions as attendance
from cbs_desktop.attendance import queries as attendance_queries
from cbs_desktop.certificates import actions as certificates
from cbs_desktop.certificates import queries as certificate_queries
from cbs_desktop.clock import Calendar
from cbs_desktop.errors import OfficeExists, ReadOnly
from cbs_desktop.facilitators import actions as facilitators
from cbs_desktop.facilitators.rules import FacilitatorDetails
from cbs_desktop.groups import actions as groups
from cbs_desktop.groups import eligible
from cbs_desktop.groups import queries as group_queries
from cbs_desktop.groups.allocation import solver
from cbs_desktop.groups.proposals import proposing
from cbs_desktop.keeping import accounts as keeping
from cbs_desktop.office import Office
from cbs_desktop.overview import queries as overview
from cbs_desktop.participants import actions as participants
from cbs_desktop.participants import importing
from cbs_desktop.participants import queries as participant_queries
from cbs_desktop.participants.rules import ConsentDetails
from cbs_desktop.places import actions as places
from cbs_desktop.places import queries as place_queries
from cbs_desktop.practice.people import (
    GRADUATE,
    HEADER,
    InventedPerson,
    answers,
    answers_after,
    everybody,
    marks,
)
from cbs_desktop.programmes import actions as programmes
from cbs_desktop.programmes import queries as programme_queries
from cbs_desktop.programmes.queries import RoundFacts
from cbs_desktop.programmes.rules import RoundPlan
from cbs_desktop.resource import Content
from cbs_desktop.safe import accounts
from cbs_desktop.safe.permissions import Role
from cbs_desktop.screening import actions as screening
from cbs_desktop.screening import queries as screening_queries
from cbs_desktop.screening.actions import Answers, Decided
from cbs_desktop.screening.instrument_store import instrument
from cbs_desktop.screening.rules import SafetyCard

Progress = Callable[[int, int], None]

FOUNDER = "coordinator"
OTHERS = {"screener": Role.SCREENER, "clerk": Role.CLERK, "auditor": Role.AUDITOR}
SIGNATORIES = (
    ("KAYIRANGA Mathilde", "Programme director"),
    ("RUGEMA Sylvestre", "Vice-Mayor, social affairs"),
)
_PATHWAYS = {"other": "other", "waiting": "waiting", "refer": "refer"}
_TWICE = 250  # every so many endline papers are typed again
_WHY = {
    "waiting": "No place left this season"
}  # whoever waits was proposed for a group


def build(
    folder: Path, password: str, progress: Progress | None = None
) -> dict[str, object]:
    """Make the practice office in a folder that holds none; what is in it. A build that fails leaves nothing behind.

    `progress(done, total)` is told in hundredths of the time, and may raise Cancelled.
    """
    plan = resource.toml("practice", "season.toml")
    calendar = Calendar(plan["opens"])
    names = tuple(district["name"] for district in plan["district"])
    whole = founding.Plan("Practice office", "PR", "RW", names, FOUNDER, practice=True)
    if accounts.lies_in(folder):
        raise OfficeExists(folder=folder)
    with founding.all_or_nothing(folder):
        office, _code = founding.found(folder, whole, password, calendar)
        try:
            season = Season(office, calendar, plan, progress)
            facts = season.run()
            for name, role in OTHERS.items():
                office.do(keeping.add_account, name, frozenset({role}), password)
        except BaseException:
            office.close(tidy=False)
            raise
        office.close()
        _type_again(
            Office.open(folder, "clerk", password, calendar), season.typed_after
        )
    return facts


def build_whole(
    folder: Path, password: str, progress: Progress | None = None
) -> dict[str, object]:
    """As `build`, in a folder of its own that appears only when all of it is there, even after a power cut."""
    if accounts.lies_in(folder):
        raise OfficeExists(folder=folder)
    beside = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(beside, ignore_errors=True)  # left from a power cut
    facts = build(beside, password, progress)
    try:
        if folder.exists():
            folder.rmdir()
        beside.rename(folder)
    except OSError as problem:
        shutil.rmtree(beside, ignore_errors=True)
        raise ReadOnly(folder=folder) from problem
    return {**facts, "office": str(folder)}


def _type_again(office: Office, typed: Mapping[int, Mapping[int, int | None]]) -> None:
    """The clerk types one of the papers that are due a second time, and two questions differ."""
    again = office.ask(screening_queries.second_entries)[0]
    values = dict(typed[again.person_id])
    values |= {number: 1 - (values[number] or 0) for number in (4, 11)}
    sheet = Answers(again.person_id, again.taken_on, values)
    office.do(screening.record_second, again.assessment_id, sheet)
    office.close()


class Season:
    """One season of the practice office, step by step."""

    def __init__(
        self,
        office: Office,
        calendar: Calendar,
        plan: Content,
        progress: Progress | None = None,
    ) -> None:
        self.office = office
        self.calendar = calendar
        self.plan = plan
        self._progress = progress
        self._done = self._share = 0
        self.draw = Random(plan["seed"] + 1)
        self.people: dict[int, InventedPerson] = {}
        self.typed: dict[int, Mapping[int, int | None]] = {}
        self.typed_after: dict[int, Mapping[int, int | None]] = {}

    def run(self) -> dict[str, object]:
        """The whole season; what came of it."""
        steps = {
            self.set_up: 6,
            self.register: 14,
            self.screen: 42,
            self.allocate: 13,
            self.attend: 8,
            self.measure: 13,
            self.certify: 4,
        }  # hundredths of the time
        for step, share in steps.items():
            self._share = share
            step()
            self._done += share
            self._tell(0)
        states = self.office.ask(overview.by_state)
        return {
            "office": str(self.office.folder),
            "people": sum(states.values()),
            **states,
        }

    def _tell(self, part: float) -> None:
        """How far the season is; `part` of the step under way is done."""
        if self._progress:
            self._progress(round(self._done + part * self._share), 100)

    def set_up(self) -> None:
        """Facilities, facilitators, signatories, and the round with its targets."""
        do = self.office.do
        ask = self.office.ask
        districts = {one.name: one.id for one in ask(place_queries.covered)}
        for district in self.plan["district"]:
            if inside := district.get("facility"):
                do(
                    places.add_facility,
                    inside["name"],
                    districts[district["name"]],
                    inside["rooms"],
                )
            self._facilitators(district, districts[district["name"]])
        do(certificates.set_signatories, SIGNATORIES)
        programme_id = ask(programme_queries.programmes)[0][0]
        targets = {
            "target_women": 490,
            "target_men": 350,
            "target_youth": 330,
            "target_adults": 510,
        }
        self.round_id = do(
            programmes.open_round,
            programme_id,
            RoundPlan(
                self.plan["round"], self.plan["starts"], self.plan["ends"], **targets
            ),
        )

    def _facilitators(self, district: Content, district_id: int) -> None:
        """Four for each sector, six more where a facility is."""
        words = resource.toml("practice", "names.toml")
        names = {"F": words["women"].split(), "M": words["men"].split()}
        others = {
            "F": words["women_other"].split(";"),
            "M": words["men_other"].split(";"),
        }
        sectors = [sector["name"] for sector in district["sectors"]]
        seats = [name for name in sectors for _ in range(4)] + sectors[:1] * (
            6 if "facility" in district else 0
        )
        for i, sector in enumerate(seats):
            sex = "FM"[i % 2]
            place = self.office.do(places.add_path, district_id, [sector])
            self.office.do(
                facilitators.register_facilitator,
                FacilitatorDetails(
                    own_name=self.draw.choice(names[sex]),
                    other_names=self.draw.choice(others[sex]).strip(),
                    sex=sex,
                    phone="",
                    place_id=place,
                    level=self.draw.choice(("basic", "basic", "intermediate")),
                ),
            )

    def register(self) -> None:
        """Import everybody from one table, a few days after the round was opened."""
        self.calendar.day = self.plan["opens"] + timedelta(days=7)
        made = everybody(self.plan)
        rows = [one.row for one in made]
        lines = importing.read(rows, importing.guess(HEADER), 2, self.calendar.day)
        self.office.do(participants.import_people, lines, new_places=True)
        ids = sorted(self.office.ask(participant_queries.numbers).items())
        self.people = {
            person_id: one for (_number, person_id), one in zip(ids, made, strict=True)
        }
        self._agree_to_more()

    def _agree_to_more(self) -> None:
        """Some agree to more than the usual paper asks, by word of mouth; one of them takes a part of it back."""
        some = list(self.people)[:: self.plan["agree_to_more"]]
        on = self.calendar.day - timedelta(days=2)
        for i in some:
            more = ConsentDetails(
                on,
                "oral",
                ("photo", "sharing", "follow-up"),
                language="rw",
                witness="Village leader",
            )
            self.office.do(participants.give_consent, i, more)
        self.office.do(groups.withdraw_consent, some[0], ("photo",), self.calendar.day)

    def screen(self) -> None:
        """Questionnaires within two weeks; a safety card where it is asked for; a decision for nearly all."""
        round_facts = self._round()
        form = instrument(round_facts.rules.instrument)
        self.calendar.day = self.plan["opens"] + timedelta(days=18)
        sheets = [
            Answers(
                i,
                self._screened_on(),
                answers(one.fate, one.sex, form.items, self.draw),
                self._card(one),
            )
            for i, one in self.people.items()
            if one.fate not in ("new", "left")
        ]
        self.typed = {sheet.person_id: sheet.values for sheet in sheets}
        for start in range(0, len(sheets), 100):
            self._tell(start / len(sheets))
            self.office.do(
                screening.record_many, self.round_id, sheets[start : start + 100]
            )
        self.calendar.day = self.plan["opens"] + timedelta(days=25)
        decided = [
            Decided(
                i,
                _PATHWAYS.get(one.fate, "sociotherapy"),
                "youth" if one.track == "youth" and one.band != "youth" else "",
                _WHY.get(one.fate, ""),
            )
            for i, one in self.people.items()
            if one.fate not in ("new", "left", "to decide")
        ]
        self.office.do(screening.decide_many, self.round_id, decided)
        for i, one in self.people.items():
            if one.fate == "left":
                self.office.do(participants.leave, i, self.calendar.day, "moved away")

    def _screened_on(self) -> date:
        return self.plan["opens"] + timedelta(days=self.draw.randint(8, 17))

    def _card(self, one: InventedPerson) -> SafetyCard | None:
        if one.fate != "refer":
            return None
        told = self.plan["opens"] + timedelta(days=17)
        return SafetyCard(
            "Screener on duty", told, True, "Health centre", told + timedelta(days=7)
        )

    def allocate(self) -> None:
        """Propose with the solver and accept."""
        starts = self.plan["starts"]
        seed = self.plan["seed"]
        self.calendar.day = starts - timedelta(days=7)
        instance = self.office.ask(eligible.instance, self.round_id)
        assignment = solver.solve(instance, Random(seed))
        proposal = self.office.do(
            proposing.propose, self.round_id, instance, assignment, seed
        )
        self.office.do(proposing.accept, proposal, 1, starts)

    def attend(self) -> None:
        """Mark week by week, after each session; who leaves, leaves."""
        rules = self._round().rules
        letters = {
            i: marks(one.fate, rules.sessions, rules.complete_at, self.draw)
            for i, one in self.people.items()
        }
        grids = [
            self.office.ask(attendance_queries.grid, g.id)
            for g in self.office.ask(group_queries.groups, self.round_id)
        ]
        for number in range(1, rules.sessions + 1):
            self.calendar.day = max(
                grid.columns[number - 1].planned_on for grid in grids
            ) + timedelta(days=1)
            self._leave(letters, number)
            register = [
                (grid.columns[number - 1].id, row.person_id, letter)
                for grid in grids
                for row in grid.rows
                if (letter := letters[row.person_id][number - 1]) != "."
            ]
            self.office.do(attendance.mark_many, register)

    def _leave(self, letters: dict[int, str], number: int) -> None:
        for i, row in letters.items():
            if row[number - 1] == "." and row[number - 2] != ".":
                reason = self.draw.choice(("moved away", "work", "illness"))
                self.office.do(
                    groups.leave_programme,
                    i,
                    self.calendar.day - timedelta(days=7),
                    reason,
                )

    def measure(self) -> None:
        """Questionnaires once more in the week after the last session, of nine in ten who completed. They are drawn apart,
        so that nothing else of the season hangs on them."""
        draw = Random(self.plan["seed"] + 1)
        form = instrument(self._round().rules.instrument)
        self.calendar.day = self.plan["ends"]
        sheets = []
        for i, one in self.people.items():
            if one.fate != GRADUATE or draw.random() < 0.1:
                continue
            values = answers_after(self.typed[i], form.items, draw)
            sheets.append(
                Answers(i, self.calendar.day, values, None, occasion="endline")
            )
        self.typed_after = {sheet.person_id: sheet.values for sheet in sheets}
        self.office.do(settings.set_value, "second entry every", _TWICE)
        for start in range(0, len(sheets), 100):
            self._tell(start / len(sheets))
            self.office.do(
                screening.record_many, self.round_id, sheets[start : start + 100]
            )

    def certify(self) -> None:
        """Issue to all who qualify; they are still to be printed."""
        self.calendar.day = self.plan["ends"]
        candidates = self.office.ask(certificate_queries.candidates, self.round_id)
        ready = [candidate.person_id for candidate in candidates if candidate.ready]
        fates = Counter(person.fate for person in self.people.values())
        wrong = {self.people[person_id].fate for person_id in ready} - {GRADUATE}
        planned = fates[GRADUATE]
        if wrong or len(ready) != planned:
            counts = f"{len(ready)} qualify, {planned} were planned"
            raise ValueError(f"{counts}; others among them: {wrong}")
        self.office.do(certificates.issue, self.round_id, ready)

    def _round(self) -> RoundFacts:
        return next(
            one
            for one in self.office.ask(programme_queries.rounds)
            if one.id == self.round_id
        )
