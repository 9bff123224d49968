"""Who can be a facilitator (sociotherapist)."""

from dataclasses import dataclass
from datetime import date

from cbs_desktop.errors import Fault
from cbs_desktop.participants import availability
from cbs_desktop.participants.choices import SEXES
from cbs_desktop.participants.rules import phone_faults
from cbs_desktop.text import day_faults, text_faults

TRAINED = ("basic", "intermediate", "trainer")
LEVELS = ("in training", *TRAINED)  # the highest training; nobody in training leads yet


@dataclass(frozen=True, slots=True)
class FacilitatorDetails:
    """A facilitator as typed."""

    own_name: str
    other_names: str
    sex: str
    phone: str
    place_id: int | None
    level: str = "basic"
    active: bool = True
    languages: tuple[str, ...] = ()
    days: tuple[int, ...] = ()  # weekdays they can lead on, 0 Monday
    person_id: int | None = None  # the participant that they are or were
    since: date | None = None  # facilitator since


def facilitator_faults(details: FacilitatorDetails, today: date) -> list[Fault]:
    """All that is wrong with a facilitator's details."""
    faults = text_faults("own_name", details.own_name, needed=True) + text_faults(
        "other_names", details.other_names
    )
    faults += phone_faults(details.phone)
    if details.sex not in SEXES:
        faults.append(Fault("sex", "needed" if not details.sex else "not a choice"))
    if not isinstance(details.place_id, int):
        faults.append(
            Fault("place_id", "needed" if details.place_id is None else "not a choice")
        )
    if type(details.person_id) not in (int, type(None)):
        faults.append(Fault("person_id", "not a choice"))
    faults += day_faults("since", details.since, today, needed=False)
    if details.level not in LEVELS:
        faults.append(Fault("level", "not a choice"))
    return faults + availability.faults(details)
