"""Who is to be allocated, and who can lead: people, pools, facilitators, sizes as the office knows them. Values only."""

from dataclasses import dataclass

from cbs_desktop.facilitators.rules import TRAINED

WEEK = frozenset(range(7))  # Monday is 0
SUNDAY = 6
Home = tuple[str, int, int | None]  # track, sector, facility


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """Somebody eligible. Backgrounds and need of support (low, medium, high, empty) serve
    the balance only; `cell` is the place they live in, `sector` that of its sector, `spot`
    its position in degrees. No languages or days: any."""

    id: int
    sex: str
    categories: tuple[str, ...]
    cell: int
    sector: int = 0
    age: int | None = None
    support: str = ""
    languages: tuple[str, ...] = ()
    days: tuple[int, ...] = ()
    spot: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Pool:
    """People who can be in a group together: one area and track, or one facility.
    `rooms`: most groups at once, 0 for any."""

    sector_id: int
    facility_id: int | None
    track: str
    place: str
    people: tuple[PersonFacts, ...]
    rooms: int = 0
    district_id: int = 0

    @property
    def key(self) -> Home:
        """What makes two pools the same: track, sector (of most of its people), facility."""
        return self.track, self.sector_id, self.facility_id

    def home(self, person: PersonFacts) -> Home:
        """Where somebody of it belongs, whatever pools their sector is joined to: track,
        own sector, facility."""
        return self.track, person.sector, self.facility_id

    @property
    def ids(self) -> list[int]:
        """Its people in order."""
        return [person.id for person in self.people]


@dataclass(frozen=True, slots=True)
class FacilitatorFacts:
    """A facilitator: where they live, up to which level they are trained, languages and
    weekdays (none: any), how many groups of the round they lead already and on which
    weekdays, and whose groups they must not lead (kin, or to be kept apart)."""

    id: int
    sex: str
    level: str
    district_id: int = 0
    cell: int = 0
    sector: int = 0
    spot: tuple[float, float] | None = None
    languages: tuple[str, ...] = ()
    days: tuple[int, ...] = ()
    load: int = 0
    busy: tuple[int, ...] = ()
    ties: tuple[int, ...] = ()

    @property
    def free_days(self) -> frozenset[int]:
        """The weekdays on which they could lead one more group."""
        days = frozenset(self.days) or WEEK
        return days.difference(self.busy)

    @property
    def is_trained(self) -> bool:
        """Whether they may lead at all."""
        return self.level in TRAINED

    @property
    def is_experienced(self) -> bool:
        """Whether they are trained beyond the basic level."""
        return self.level in TRAINED[1:]


@dataclass(frozen=True, slots=True)
class Sizes:
    """Group sizes in people: wished (least, target, most), never more than stop; a pool
    smaller than pool_least waits."""

    least: int
    target: int
    most: int
    stop: int
    pool_least: int
