"""Assessments (sealed), safety cards, decisions."""

from datetime import date

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cbs_desktop.store.schema import Base, Id


class Assessment(Base):
    """One questionnaire of one person. Answers and totals are in `sealed`; instrument version and cut-off set beside it."""

    __tablename__ = "assessment"
    __table_args__ = (Index(None, "person_id"),)
    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    instrument: Mapped[str]
    version: Mapped[int]
    cutoff_set: Mapped[str]
    taken_on: Mapped[date]
    typed_by: Mapped[str]
    sealed: Mapped[bytes]


class RiskCard(Base):
    """A safety card: a risk item was answered; open until a screener closes it."""

    __tablename__ = "risk_card"
    __table_args__ = (Index(None, "person_id"),)
    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"))
    opened_on: Mapped[date]
    told: Mapped[str]
    told_on: Mapped[date]
    safe_now: Mapped[bool]
    referred_to: Mapped[str]
    see_again_on: Mapped[date]
    closed_on: Mapped[date | None]
    closed_by: Mapped[str]
    outcome: Mapped[str]


class Decision(Base):
    """Which way a person goes in a round; decided by a person, office data."""

    __tablename__ = "decision"
    __table_args__ = (UniqueConstraint("person_id", "round_id"), Index(None, "round_id", "pathway"))
    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"))
    pathway: Mapped[str]
    track: Mapped[str]  # youth or adult where somebody chose another group than their age's; else empty
    decided_on: Mapped[date]
    decided_by: Mapped[str]
    reason: Mapped[str]
