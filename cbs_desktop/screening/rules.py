"""Occasions, ways and safety cards: what they may be, and what is wrong with what was typed."""

from dataclasses import dataclass
from datetime import date

from cbs_desktop.errors import Fault
from cbs_desktop.text import day_faults, text_faults

OCCASIONS = ("screening", "midline", "endline", "follow-up")
PATHWAYS = ("sociotherapy", "multifamily", "resilience", "waiting", "refer", "other")
TRACKS = ("", "youth", "adult")
SUPPORT = (
    "",
    "low",
    "medium",
    "high",
)  # need of support in the group, said by who decides
ANSWERED, NOT_ANSWERED = CAUSES = ("answered", "not answered")  # of a safety card
TOLD_MOST = 80
OUTCOME_MOST = 120


@dataclass(frozen=True, slots=True)
class SafetyCard:
    """What was done at once about a risk item: who was told, on which day, safe now, referred to, seen again when."""

    told: str
    told_on: date
    safe_now: bool
    referred_to: str
    see_again_on: date


@dataclass(frozen=True, slots=True)
class ServiceDetails:
    """One entry of the referral directory: who helps with what, and how to reach them."""

    name: str
    helps_with: str
    phone: str = ""
    place: str = ""


def card_faults(card: SafetyCard, today: date) -> list[Fault]:
    """What is missing on a safety card."""
    faults = text_faults("told", card.told, needed=True, most=TOLD_MOST)
    faults += text_faults("referred_to", card.referred_to, most=TOLD_MOST)
    wrong = day_faults("told_on", card.told_on, today) + day_faults(
        "see_again_on", card.see_again_on
    )
    if not wrong and card.see_again_on < card.told_on:
        wrong.append(Fault("see_again_on", "before start"))
    faults += wrong
    if not card.safe_now and not card.referred_to:
        faults.append(Fault("referred_to", "needed"))
    return faults


def service_faults(service: ServiceDetails) -> list[Fault]:
    """What is wrong with an entry of the referral directory. Short numbers (112) are phones here."""
    faults = text_faults("name", service.name, needed=True) + text_faults(
        "helps_with", service.helps_with, needed=True
    )
    faults += text_faults("place", service.place)
    if service.phone and (
        len(service.phone) > 40 or not set(service.phone) <= set("0123456789+ ()-./")
    ):
        faults.append(Fault("phone", "not a phone"))
    if not service.phone and not service.place:
        faults.append(Fault("phone", "phone or place"))
    return faults
