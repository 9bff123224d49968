"""Who of a round can be certified: the completion rule over the members of its groups."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from cbs_desktop.action import Reading, query
from cbs_desktop.attendance.queries import Grid, grids
from cbs_desktop.attendance.rules import Completion
from cbs_desktop.certificates import rules
from cbs_desktop.certificates.tables import Certificate
from cbs_desktop.groups.tables import Group, Membership
from cbs_desktop.participants.names import name_faults
from cbs_desktop.participants.queries import paper_names
from cbs_desktop.participants.tables import Person
from cbs_desktop.programmes.queries import RoundFacts, round_of
from cbs_desktop.safe.permissions import Permission


@dataclass(frozen=True, slots=True)
class Candidate:
    """A member of a group of the round and how the completion rule judges them. `certificate` is the number, if issued;
    `printed_name` is the name as it will stand on paper: as on the ID where that is known."""

    person_id: int
    number: str
    name: str
    group_id: int
    group: str
    place: str
    began_on: date
    ended_on: date
    completion: Completion
    certificate: str
    gone: bool
    printed_name: str
    undrawn: str = ""  # signs of that name that no font of ours can print

    @property
    def qualifies(self) -> bool:
        """Whether the rule is met and no certificate was issued yet."""
        met = rules.ready(self.completion.state, self.completion.remaining)
        return met and not (self.certificate or self.gone)

    @property
    def ready(self) -> bool:
        """Whether a certificate can be issued now."""
        return self.qualifies and not self.undrawn

    @property
    def open_to_override(self) -> bool:
        """Whether only the rule stands in the way: the group is through, and the person did not leave."""
        stands = self.completion
        return (
            not (self.certificate or self.gone or self.ready or self.undrawn)
            and not stands.remaining
            and stands.held > 0
        )


@query(Permission.LOOK)
def candidates(reading: Reading, round_id: int | None = None) -> list[Candidate]:
    """Everybody who was in a group of the round, group by group: complete, nearly, or not this time, and why."""
    found = round_of(reading, round_id)
    return candidates_in(reading, found, grids(reading, round_id=found.id))


def candidates_in(
    reading: Reading, found: RoundFacts, every: Sequence[Grid]
) -> list[Candidate]:
    """As `candidates`, where the attendance of the round is known already; for queries of higher rooms."""
    issued = _standing(reading, found.id)
    gone = set(reading.column(select(Person.id).where(Person.left_on.is_not(None))))
    current = _current_groups(reading, found.id)
    printed_names = paper_names(reading, list(current))
    people: list[Candidate] = []
    for grid in every:
        first, last = _days_of(grid, found)
        for row in grid.rows:
            if current[row.person_id] != grid.group_id:
                continue
            people.append(
                Candidate(
                    row.person_id,
                    row.number,
                    row.name,
                    grid.group_id,
                    grid.name,
                    grid.place,
                    first,
                    last,
                    row.completion,
                    issued.get(row.person_id, ""),
                    row.person_id in gone or row.left_on is not None,
                    printed_names[row.person_id],
                    undrawn(printed_names[row.person_id]),
                )
            )
    return people


def undrawn(name: str) -> str:
    """The signs of a name that no font can print. Such names are refused at the door; offices of before may have some."""
    if not any(fault.kind == "strange sign" for fault in name_faults("name", name)):
        return ""
    from cbs_desktop.paper import fonts  # not needed, and not paid for, elsewhere

    return fonts.missing(name, fonts.SERIF, fonts.STRONG)


def _standing(reading: Reading, round_id: int) -> dict[int, str]:
    """The number of each person's certificate that was not withdrawn."""
    standing = select(Certificate.person_id, Certificate.number).where(
        Certificate.round_id == round_id, Certificate.withdrawn_on.is_(None)
    )
    return dict(reading.rows(standing))


def _days_of(grid: Grid, found: RoundFacts) -> tuple[date, date]:
    """The first and last day of a group's sessions, those that were or are to be held; else those of the round."""
    days = [column.day for column in grid.columns if column.status in ("held", "")]
    if not days:
        return found.plan.starts, found.plan.ends
    return min(days), max(days)


def _current_groups(reading: Reading, round_id: int) -> dict[int, int]:
    """The last group of each person in the round: after a transfer the earlier one no longer certifies."""
    m = Membership
    statement = (
        select(m.person_id, m.group_id)
        .join(Group, Group.id == m.group_id)
        .where(Group.round_id == round_id)
        .order_by(m.joined_on, m.id)
    )
    return dict(reading.rows(statement))
