"""Questionnaires as defined, assessments (sealed), second entries, drafts, safety cards, decisions, the referral directory."""

from datetime import date

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from cbs_desktop.store.schema import Base, Id

_NONE = text("x''")


class Definition(Base):
    """An instrument file as it was when it was first used, or an office's own: a stored sheet is read with its own version."""

    __tablename__ = "definition"
    __table_args__ = (UniqueConstraint("key", "version"),)
    id: Mapped[Id]
    key: Mapped[str]
    version: Mapped[int]
    digest: Mapped[str]
    content: Mapped[str]
    own: Mapped[bool]  # added by the office; else from the program's files
    added_on: Mapped[date]


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
    occasion: Mapped[str]
    second: Mapped[str]  # second entry: due, typed, or agreed; else empty


def sealed_of_assessment(assessment_id: int) -> str:
    """Of which record its answers are, as `safe.seal` has it."""
    return f"assessment {assessment_id}"


def sealed_of_second_entry(assessment_id: int) -> str:
    """As `sealed_of_assessment`, of the same paper typed again."""
    return f"second entry {assessment_id}"


def sealed_of_reason(decision_id: int) -> str:
    """As `sealed_of_assessment`, of why a person decided so."""
    return f"reason of decision {decision_id}"


def sealed_of_decision(decision_id: int) -> str:
    """As `sealed_of_assessment`, of what was proposed with a decision."""
    return f"decision {decision_id}"


class SecondEntry(Base):
    """The same paper typed by a second person; compared by somebody who may read both."""

    __tablename__ = "second_entry"
    id: Mapped[Id]
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"), unique=True)
    typed_by: Mapped[str]
    typed_on: Mapped[date]
    sealed: Mapped[bytes]


class Draft(Base):
    """A half-typed sheet. Outside the journal, which would keep the answers for ever. Whoever goes on with somebody
    else's becomes its typist."""

    __tablename__ = "draft"
    __table_args__ = {"info": {"own": True}, "sqlite_with_rowid": False}  # noqa: RUF012
    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id"), primary_key=True, autoincrement=False
    )
    instrument: Mapped[str] = mapped_column(primary_key=True)
    typed_by: Mapped[str] = mapped_column(primary_key=True)
    second_of: Mapped[int] = mapped_column(
        primary_key=True, autoincrement=False
    )  # the sheet that is entered a second time; 0 for a first entry
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    version: Mapped[int]
    content: Mapped[bytes] = mapped_column(
        server_default=_NONE
    )  # answers and safety card as typed, JSON; see half_typed


def sealed_of_half_typed(person_id: int, instrument: str) -> str:
    """Of whom its content is, as `safe.readers` has it."""
    return f"half-typed {instrument} of {person_id}"


class RiskCard(Base):
    """A safety card: a risk question was answered, or left blank (`cause`); open until a screener closes it.
    Why, and what was done, is sealed."""

    __tablename__ = "risk_card"
    __table_args__ = (Index(None, "person_id"),)
    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"))
    opened_on: Mapped[date]
    see_again_on: Mapped[date]
    closed_on: Mapped[date | None]
    closed_by: Mapped[str]
    sealed: Mapped[bytes]  # why, who was told, safe now, referred to: `card_text`
    outcome: Mapped[bytes]  # how it ended, sealed; empty while it is open


def sealed_of_card(card_id: int) -> str:
    """As `sealed_of_assessment`, of a safety card."""
    return f"risk card {card_id}"


def sealed_of_outcome(card_id: int) -> str:
    """As `sealed_of_assessment`, of how a safety card ended."""
    return f"outcome of risk card {card_id}"


class Decision(Base):
    """Which way a person goes in a round; decided by a person, office data."""

    __tablename__ = "decision"
    __table_args__ = (
        UniqueConstraint("person_id", "round_id"),
        Index(None, "round_id", "pathway"),
    )
    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"))
    pathway: Mapped[str]
    track: Mapped[
        str
    ]  # youth or adult where somebody chose another group than their age's; else empty
    decided_on: Mapped[date]
    decided_by: Mapped[str]
    reason: Mapped[bytes] = mapped_column(server_default=_NONE)  # in words, sealed
    support: Mapped[
        str
    ]  # how much support the person needs in the group: low, medium, high; empty where nobody said
    sealed: Mapped[
        bytes
    ]  # what was proposed then, and its reasons; empty in decisions of version 0.1


class Service(Base):
    """An entry of the referral directory: who helps with what."""

    __tablename__ = "service"
    id: Mapped[Id]
    name: Mapped[str]
    helps_with: Mapped[str]
    phone: Mapped[str]
    place: Mapped[str]
    left_on: Mapped[date | None]  # no longer to be used since
