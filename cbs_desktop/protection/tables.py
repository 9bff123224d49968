"""Losses and breaches."""

from datetime import date

from sqlalchemy.orm import Mapped

from cbs_desktop.store.schema import Base, Id


class Breach(Base):
    """Something was lost or seen (Rwanda, Law 058/2021, art. 43–45): what, when, what it held when that was counted, and what
    was done. No name of anybody. Moments are UTC in ISO form, empty until they are."""

    __tablename__ = "breach"
    id: Mapped[Id]
    kind: Mapped[str]
    noticed_at: Mapped[str]
    happened_on: Mapped[date | None]
    place: Mapped[str]
    was_open: Mapped[bool]
    stick: Mapped[int]
    export_id: Mapped[int]
    people: Mapped[int]
    sheets: Mapped[int]
    copies: Mapped[int]
    plain: Mapped[int]
    unchecked: Mapped[int]
    measures: Mapped[str]  # those that were taken, joined by line ends
    told_at: Mapped[str]
    reported_at: Mapped[str]
    closed_on: Mapped[date | None]
    outcome: Mapped[str]
    opened_by: Mapped[str]
