"""Proposals, groups, memberships, facilitators, who is kept apart, and the planned sessions."""

from datetime import date

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cbs_desktop.store.schema import Base, Id


class KeepApart(Base):
    """Two people never in one group. The reason is a code, read only with its permission."""

    __tablename__ = "keep_apart"
    __table_args__ = (UniqueConstraint("one_id", "other_id"), Index(None, "other_id"))
    id: Mapped[Id]
    one_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    other_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str]


class KeepTogether(Base):
    """Two people who come to the same group: spouses, somebody and their carer."""

    __tablename__ = "keep_together"
    __table_args__ = (UniqueConstraint("one_id", "other_id"), Index(None, "other_id"))
    id: Mapped[Id]
    one_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    other_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str]


class Tie(Base):
    """A facilitator who must not lead somebody's group: family, or another reason that is not recorded."""

    __tablename__ = "tie"
    __table_args__ = (
        UniqueConstraint("facilitator_id", "person_id"),
        Index(None, "person_id"),
    )
    id: Mapped[Id]
    facilitator_id: Mapped[int] = mapped_column(ForeignKey("facilitator.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))


class GroupPreferences(Base):
    """What the office prefers of the groups of a programme; see `rules.Preferences`."""

    __tablename__ = "wishes"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012
    programme_id: Mapped[int] = mapped_column(
        ForeignKey("programme.id"), primary_key=True, autoincrement=False
    )
    area_km: Mapped[int]
    undivided: Mapped[str]
    sexes: Mapped[str]
    alone: Mapped[str]
    backgrounds: Mapped[str]
    support: Mapped[str]
    distance: Mapped[str]
    ages: Mapped[str]
    free_days: Mapped[str]  # a word of rules.FREE_DAYS


class Proposal(Base):
    """A proposed allocation of a round: what went in, the seed, and what came out, so that it can be made again."""

    __tablename__ = "proposal"
    __table_args__ = (Index(None, "round_id"),)
    id: Mapped[Id]
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    seed: Mapped[int]
    made_on: Mapped[date]
    version: Mapped[int]
    problem: Mapped[str]  # JSON
    result: Mapped[str]  # JSON
    accepted_on: Mapped[date | None]
    pinned: Mapped[
        str
    ]  # JSON: people and groups that stay when the rest is looked for again
    solver: Mapped[str]  # version of the program that made it
    used: Mapped[
        int
    ]  # of several proposals of a round, the one with the highest is on the board


class Group(Base):
    """About twelve people of one sector (or facility) and track."""

    __tablename__ = "groups"
    __table_args__ = (UniqueConstraint("round_id", "number"),)
    id: Mapped[Id]
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    number: Mapped[int]
    name: Mapped[str]
    track: Mapped[str]  # adult, youth, facility
    sector_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    facility_id: Mapped[int | None] = mapped_column(ForeignKey("facility.id"))
    venue: Mapped[str]
    weekday: Mapped[int]  # 0 Monday
    starts: Mapped[date]
    accepted_on: Mapped[date]


class Membership(Base):
    """A person's time in a group, dated. The age band is the one at group start, kept for the reports."""

    __tablename__ = "membership"
    __table_args__ = (Index(None, "group_id"), Index(None, "person_id"))
    id: Mapped[Id]
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    joined_on: Mapped[date]
    left_on: Mapped[date | None]
    reason: Mapped[str]
    band: Mapped[str]  # youth, adult, unknown


class GroupFacilitator(Base):
    """A facilitator of a group."""

    __tablename__ = "lead"
    __table_args__ = (UniqueConstraint("group_id", "facilitator_id"),)
    id: Mapped[Id]
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    facilitator_id: Mapped[int] = mapped_column(ForeignKey("facilitator.id"))


class Session(Base):
    """One planned session of a group."""

    __tablename__ = "session"
    __table_args__ = (UniqueConstraint("group_id", "number"),)
    id: Mapped[Id]
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    number: Mapped[int]
    planned_on: Mapped[date]
    phase: Mapped[str]
