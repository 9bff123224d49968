"""Requests of people about their data, and what was destroyed."""

from datetime import date

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from cbs_desktop.store.schema import Base, Id


class SubjectRequest(Base):
    """What a person asked about their data, and what was answered. One that asks to be erased names who took it in: somebody
    else carries it out."""

    __tablename__ = "subject_request"
    __table_args__ = (Index(None, "person_id"),)
    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str]  # a word of rules.KINDS
    received_on: Mapped[date]
    from_whom: Mapped[str]  # empty: the person; else who asked for them
    mode: Mapped[str]  # a word of rules.MODES
    language: Mapped[str]
    taken_by: Mapped[str]
    answered_on: Mapped[date | None]
    answer: Mapped[str]  # a word of rules.ANSWERS
    reason: Mapped[str]  # of a refusal: a word of rules.REFUSALS
    answered_by: Mapped[str]


class Destruction(Base):
    """What was destroyed, in numbers and dates."""

    __tablename__ = "destruction"
    __table_args__ = {"info": {"keeps": True}}  # noqa: RUF012
    id: Mapped[Id]
    done_on: Mapped[date]
    done_by: Mapped[str]
    kind: Mapped[str]  # a word of rules.DESTROYED
    content: Mapped[str]  # JSON: counts, numbers of people
