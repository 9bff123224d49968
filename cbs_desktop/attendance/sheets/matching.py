"""What the marks of a sheet would change: each found in its group and session, or parked with its reason. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from cbs_desktop.attendance.queries import NOT_EXPECTED, Grid, MemberRow, SessionColumn
from cbs_desktop.attendance.rules import CANCELLED, HELD, POSTPONED
from cbs_desktop.attendance.sheets.cells import (
    SheetDoubt,
    SheetPlace,
    WrittenMark,
    WrittenMarks,
)
from cbs_desktop.attendance.sheets.mark_words import SheetWords
from cbs_desktop.attendance.sheets.people import GroupNames, Sound
from cbs_desktop.text import fold

DAYS_OFF = 3  # a day so near to a session, or in its week, means that session


@dataclass(frozen=True, slots=True)
class PlannedMark:
    """A mark that would be written: `before` is what is marked already, "" for nothing."""

    session_id: int
    person_id: int
    group: str
    session: int
    name: str
    letter: str
    before: str
    place: SheetPlace


@dataclass(frozen=True, slots=True)
class OtherSpelling:
    """A name that was written otherwise than the person's, and was taken for them."""

    place: SheetPlace
    written: str
    name: str


@dataclass(frozen=True, slots=True)
class MarkPlan:
    """What a file comes to. `new` marks where there is none, `differing` where another one stands, `same` marks that are
    there already, `doubts` what is left out, `held` the real days of sessions that nobody noted as held."""

    new: tuple[PlannedMark, ...] = ()
    differing: tuple[PlannedMark, ...] = ()
    same: int = 0
    doubts: tuple[SheetDoubt, ...] = ()
    spellings: tuple[OtherSpelling, ...] = ()
    held: dict[int, date] = field(default_factory=dict)

    def marks(self, replace: bool) -> tuple[PlannedMark, ...]:
        """The marks that are written; those that differ only where they replace what is there."""
        return (*self.new, *self.differing) if replace else self.new

    def people(self) -> int:
        """How many people it is about."""
        return len({one.person_id for one in (*self.new, *self.differing)})

    def sessions(self) -> int:
        """How many sessions it is about."""
        return len({one.session_id for one in (*self.new, *self.differing)})


_DoubtKey = tuple[str, SheetPlace, object]  # kind, place, group


@dataclass
class Matching:
    """The groups of a round, and what of a file was found in them so far."""

    grids: Sequence[Grid]
    numbers: Mapping[str, int]
    words: SheetWords
    sound: Sound
    today: date
    group: str = ""  # that the whole file is of, where it says none
    doubts: dict[_DoubtKey, SheetDoubt] = field(default_factory=dict)
    left_out: Counter[_DoubtKey] = field(default_factory=Counter)
    spellings: dict[SheetPlace, OtherSpelling] = field(default_factory=dict)
    held: dict[int, date] = field(default_factory=dict)
    _last: dict[SheetPlace, _DoubtKey] = field(default_factory=dict)
    _names: dict[int, GroupNames] = field(default_factory=dict)
    _found: dict[SheetPlace, tuple[Grid, MemberRow] | None] = field(
        default_factory=dict
    )

    def plan(self, written: WrittenMarks) -> MarkPlan:
        """What would become of the marks that were written."""
        found: dict[tuple[int, int], PlannedMark] = {}
        same = 0
        for mark in written.marks:
            planned = self._planned(mark)
            if planned is None:
                continue
            key = (planned.session_id, planned.person_id)
            twice = found.get(key)
            if twice is not None and twice.letter != planned.letter:
                facts = {"name": planned.name, "other": _told(twice.place)}
                self._doubt("two marks", mark.place, **facts)
            found.setdefault(key, planned)
        new: list[PlannedMark] = []
        differing: list[PlannedMark] = []
        for planned in found.values():
            if planned.before == planned.letter:
                same += 1
            else:
                (differing if planned.before else new).append(planned)
        doubts = (*written.doubts, *self._counted())
        spellings = tuple(self.spellings.values())
        held = self._held_of((*new, *differing))
        return MarkPlan(tuple(new), tuple(differing), same, doubts, spellings, held)

    def _held_of(self, planned: Sequence[PlannedMark]) -> dict[int, date]:
        """The days of the sessions that are marked at all."""
        marked = {one.session_id for one in planned}
        return {key: day for key, day in self.held.items() if key in marked}

    def _counted(self) -> list[SheetDoubt]:
        """The doubts in the order of the file, each with how many marks it leaves out."""
        told: list[SheetDoubt] = []
        for key, doubt in self.doubts.items():
            facts = {**doubt.facts, "count": self.left_out[key]}
            told.append(SheetDoubt(doubt.kind, doubt.place, facts))
        return told

    def _doubt(self, kind: str, place: SheetPlace, **facts: object) -> None:
        key = (kind, place, facts.get("group"))
        self.left_out[key] += 1
        self._last[place] = key
        self.doubts.setdefault(key, SheetDoubt(kind, place, facts))

    def _planned(self, mark: WrittenMark) -> PlannedMark | None:
        """The mark in its group; None where it says nothing, or is parked."""
        letter = self.words.mark(mark.value)
        if letter == "":
            return None
        member = self._member(mark)
        if member is None:
            return None
        grid, row = member
        column = self._session(mark, grid)
        if column is None:
            return None
        if letter is None:
            letters = ", ".join(grid.marks.letters)
            cell = _short(mark.value)
            self._doubt(
                "no mark", mark.place, cell=cell, name=row.name, letters=letters
            )
            return None
        place = grid.columns.index(column)
        before = row.marks[place]
        if before == NOT_EXPECTED:
            facts = {"name": row.name, "group": grid.name, "session": column.number}
            self._doubt("not a member", mark.place, **facts)
            return None
        return PlannedMark(
            session_id=column.id,
            person_id=row.person_id,
            group=grid.name,
            session=column.number,
            name=row.name,
            letter=letter,
            before=before,
            place=mark.place,
        )

    def _member(self, mark: WrittenMark) -> tuple[Grid, MemberRow] | None:
        """Whose mark it is; asked once for each row."""
        place = SheetPlace(mark.place.sheet, mark.place.row)
        if place not in self._found:
            self._found[place] = self._find_member(mark, place)
        elif self._found[place] is None:
            self._again(place)
        return self._found[place]

    def _again(self, place: SheetPlace) -> None:
        """Another mark of a row that is left out."""
        key = self._last.get(place)
        if key is not None:
            self.left_out[key] += 1

    def _find_member(
        self, mark: WrittenMark, place: SheetPlace
    ) -> tuple[Grid, MemberRow] | None:
        grids = self._grids_of(mark, place)
        if grids is None:
            return None
        if mark.number:
            by_number = self._by_number(mark, grids)
            if by_number is not None:
                agrees = self._name_agrees(mark, by_number, place)
                return by_number if agrees else None
            if not self._is_named_surely(mark, grids):
                self._unknown_number(mark, grids, place)
                return None
        if not mark.name:
            self._doubt("nobody", place)
            return None
        return self._by_name(mark, grids, place)

    def _grids_of(self, mark: WrittenMark, place: SheetPlace) -> list[Grid] | None:
        """The groups in which somebody is looked for: the one that is named, or all where none is."""
        name = mark.group or self.group
        if not name:
            return list(self.grids)
        found = self._by_name_of_group.get(fold(name))
        if found is None:
            self._doubt("no group", place, group=name)
        return found

    @cached_property
    def _by_name_of_group(self) -> dict[str, list[Grid]]:
        """The groups by their folded names."""
        found: dict[str, list[Grid]] = {}
        for grid in self.grids:
            found.setdefault(fold(grid.name), []).append(grid)
        return found

    @cached_property
    def _places(self) -> dict[int, list[tuple[Grid, MemberRow]]]:
        """Where each person is or was."""
        found: dict[int, list[tuple[Grid, MemberRow]]] = {}
        for grid in self.grids:
            for row in grid.rows:
                found.setdefault(row.person_id, []).append((grid, row))
        return found

    def _is_named_surely(self, mark: WrittenMark, grids: Sequence[Grid]) -> bool:
        """Whether the name beside a number that nobody has, as papers count their rows, is exactly that of one person."""
        if mark.number in self.numbers or not mark.name or len(grids) != 1:
            return False
        named = self._names_of(grids[0]).find(mark.name)
        return bool(named.person_id) and not named.near

    def _by_number(
        self, mark: WrittenMark, grids: Sequence[Grid]
    ) -> tuple[Grid, MemberRow] | None:
        """Where the person of a number is; of several groups, the one in which they still are."""
        person_id = self.numbers.get(mark.number, 0)
        wanted = {grid.group_id for grid in grids}
        found: list[tuple[Grid, MemberRow]] = []
        for grid, row in self._places.get(person_id, ()):
            if grid.group_id in wanted:
                found.append((grid, row))
        for grid, row in found:
            if row.left_on is None:
                return grid, row
        return found[-1] if found else None

    def _unknown_number(
        self, mark: WrittenMark, grids: Sequence[Grid], place: SheetPlace
    ) -> None:
        if len(grids) == 1:
            self._doubt("no number", place, number=mark.number, group=grids[0].name)
        else:
            self._doubt("no number at all", place, number=mark.number)

    def _name_agrees(
        self, mark: WrittenMark, member: tuple[Grid, MemberRow], place: SheetPlace
    ) -> bool:
        """Whether the name beside a number is not that of somebody else in the group."""
        grid, row = member
        if not mark.name:
            return True
        named = self._names_of(grid).find(mark.name)
        if named.person_id in (0, row.person_id) or named.near:
            return True
        facts = {"number": mark.number, "name": row.name, "written": mark.name}
        self._doubt("number of another", place, **facts)
        return False

    def _names_of(self, grid: Grid) -> GroupNames:
        if grid.group_id not in self._names:
            names = {row.person_id: row.name for row in grid.rows}
            self._names[grid.group_id] = GroupNames(names, self.sound)
        return self._names[grid.group_id]

    def _by_name(
        self, mark: WrittenMark, grids: Sequence[Grid], place: SheetPlace
    ) -> tuple[Grid, MemberRow] | None:
        """Who is meant by a name, inside one group only."""
        if len(grids) != 1:
            self._doubt("group needed", place, name=mark.name)
            return None
        (grid,) = grids
        found = self._names_of(grid).find(mark.name)
        rows = {row.person_id: row for row in grid.rows}
        if found.others:
            names = ", ".join(
                f"{rows[i].name} ({rows[i].number})" for i in found.others
            )
            self._doubt("two of a name", place, written=mark.name, names=names)
            return None
        if not found.person_id:
            self._doubt("no name", place, written=mark.name, group=grid.name)
            return None
        row = rows[found.person_id]
        if found.near:
            self.spellings[place] = OtherSpelling(place, mark.name, row.name)
        return grid, row

    def _session(self, mark: WrittenMark, grid: Grid) -> SessionColumn | None:
        """The session that is meant, if its marks can be taken today."""
        column = self._meant(mark, grid)
        if column is None:
            return None
        where = mark.head
        facts: dict[str, object] = {"session": column.number, "group": grid.name}
        day = mark.session.day
        if column.status == CANCELLED:
            self._doubt("session cancelled", where, **facts)
            return None
        held = self.held.get(column.id, day)
        if column.status == HELD:
            return column
        if held is None and column.status == POSTPONED:
            self._doubt("session postponed", where, **facts)
            return None
        if (held or column.planned_on) > self.today:
            self._doubt("session to come", where, day=column.planned_on, **facts)
            return None
        if held is not None and (held != column.planned_on or column.status):
            self.held.setdefault(column.id, held)
        return column

    def _meant(self, mark: WrittenMark, grid: Grid) -> SessionColumn | None:
        where = mark.head
        head = mark.session
        if head.number is not None:
            for column in grid.columns:
                if column.number == head.number:
                    return column
            self._doubt("no session", where, session=head.number, group=grid.name)
            return None
        if head.day is None:
            self._doubt("session not said", mark.place)
            return None
        near = nearest(grid.columns, head.day)
        if len(near) == 1:
            return near[0]
        kind = "two sessions" if near else "no session of that day"
        self._doubt(kind, where, day=head.day, group=grid.name)
        return None


def nearest(columns: Sequence[SessionColumn], day: date) -> list[SessionColumn]:
    """The session of a day: held or planned on it, else the nearest within DAYS_OFF days or of the same week; several where
    they are equally near."""
    best: list[SessionColumn] = []
    least = 7
    for column in columns:
        far = min(abs((day - each).days) for each in (column.day, column.planned_on))
        same_week = column.day.isocalendar()[:2] == day.isocalendar()[:2]
        if far > DAYS_OFF and not same_week:
            continue
        if far < least:
            best, least = [], far
        if far == least:
            best.append(column)
    return best


def _told(place: SheetPlace) -> str:
    return f"{place.column}{place.row}"


def _short(value: object) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= 30 else f"{text[:29]}…"
