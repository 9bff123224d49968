"""Meetings as they were held, and who came."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from cbs_desktop.store.schema import Base


class Meeting(Base):
    """What became of a planned session: held (on which day, in which phase), postponed or cancelled."""

    __tablename__ = "meeting"
    session_id: Mapped[int] = mapped_column(
        ForeignKey("session.id"), primary_key=True, autoincrement=False
    )
    status: Mapped[str]
    held_on: Mapped[date | None]
    phase: Mapped[str]
    note: Mapped[str]


class Mark(Base):
    """Whether a person came to a session: P present, L late, E excused, A absent."""

    __tablename__ = "mark"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012
    session_id: Mapped[int] = mapped_column(
        ForeignKey("session.id"), primary_key=True, autoincrement=False
    )
    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id"), primary_key=True, autoincrement=False
    )
    value: Mapped[str]
