"""Visits to people who stayed away."""

from datetime import date

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from cbs_desktop.store.schema import Base, Id


class Visit(Base):
    """Somebody was visited, or was looked for: the day and what came of it as a code, never what was said."""

    __tablename__ = "visit"
    __table_args__ = (Index(None, "person_id"),)
    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    visited_on: Mapped[date]
    outcome: Mapped[str]  # a word of rules.OUTCOMES
