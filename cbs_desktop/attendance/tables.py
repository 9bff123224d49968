"""Meetings as they were held, who came, and what was agreed there."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from cbs_desktop.store.schema import Base, Id


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
    """Whether a person came to a session: a letter of the programme (programmes/marks.py)."""

    __tablename__ = "mark"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012
    session_id: Mapped[int] = mapped_column(
        ForeignKey("session.id"), primary_key=True, autoincrement=False
    )
    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id"), primary_key=True, autoincrement=False
    )
    value: Mapped[str]


class MarkRemark(Base):
    """A few words beside a mark, such as "came with her baby"; nothing that was said in the circle."""

    __tablename__ = "mark_remark"
    session_id: Mapped[int] = mapped_column(
        ForeignKey("session.id"), primary_key=True, autoincrement=False
    )
    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id"), primary_key=True, autoincrement=False, index=True
    )
    words: Mapped[str]


class SessionNote(Base):
    """What else is noted of a session (session_record.py). `phase` is a second one that was worked on."""

    __tablename__ = "session_note"
    session_id: Mapped[int] = mapped_column(
        ForeignKey("session.id"), primary_key=True, autoincrement=False
    )
    phase: Mapped[str]
    topic: Mapped[str]
    setback: Mapped[str]
    head_count: Mapped[int | None]
    incident: Mapped[str]


class SessionFacilitator(Base):
    """A facilitator who was there."""

    __tablename__ = "session_facilitator"
    session_id: Mapped[int] = mapped_column(
        ForeignKey("session.id"), primary_key=True, autoincrement=False
    )
    facilitator_id: Mapped[int] = mapped_column(
        ForeignKey("facilitator.id"), primary_key=True, autoincrement=False
    )


class Agreement(Base):
    """An agreement that people of a group reached at a session: its kind alone, to be followed up."""

    __tablename__ = "agreement"
    id: Mapped[Id]
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id"), index=True)
    kind: Mapped[str]
