"""Programmes as the office uses them, and the rounds (cycles) of each."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from cbs_desktop.store.schema import Base, Id


class Programme(Base):
    """A programme with its rules, copied from its file when the office took it up; every rule is a setting."""

    __tablename__ = "programme"
    id: Mapped[Id]
    key: Mapped[str] = mapped_column(unique=True)
    version: Mapped[int]
    title: Mapped[str]
    sessions: Mapped[int]
    every_days: Mapped[int]
    size_least: Mapped[int]
    size_target: Mapped[int]
    size_most: Mapped[int]
    size_stop: Mapped[int]
    pool_least: Mapped[int]
    complete_at: Mapped[int]  # sessions attended to complete
    near_miss: Mapped[int]  # how many short still counts as nearly
    join_until: Mapped[int]  # last session a newcomer may join at
    youth_from: Mapped[int]
    youth_to: Mapped[int]
    instrument: Mapped[str]
    phases: Mapped[str]  # "Safety:3 Trust:2 …" as JSON list of [name, sessions]


class ProgrammeMark(Base):
    """A mark of a programme's attendance register, `position` from 1 in the order on paper (programmes/marks.py)."""

    __tablename__ = "programme_mark"
    programme_id: Mapped[int] = mapped_column(
        ForeignKey("programme.id"), primary_key=True, autoincrement=False
    )
    letter: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    counts: Mapped[str]
    en: Mapped[str]
    fr: Mapped[str]
    rw: Mapped[str]
    rn: Mapped[str]


class Round(Base):
    """A round (cycle) of a programme, with its targets."""

    __tablename__ = "round"
    id: Mapped[Id]
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    name: Mapped[str] = mapped_column(unique=True)
    starts: Mapped[date]
    ends: Mapped[date]
    target_women: Mapped[int]
    target_men: Mapped[int]
    target_youth: Mapped[int]
    target_adults: Mapped[int]
