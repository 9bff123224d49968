"""Facilitators (sociotherapists)."""

from datetime import date

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from cbs_desktop.store.schema import Base, Id


class Facilitator(Base):
    """A sociotherapist; `level` is the highest training completed. Who was a participant before is linked to the record."""

    __tablename__ = "facilitator"
    __table_args__ = (Index(None, "person_id"),)
    id: Mapped[Id]
    own_name: Mapped[str]
    other_names: Mapped[str]
    sex: Mapped[str]
    phone: Mapped[str]
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    level: Mapped[str]
    active: Mapped[bool]
    languages: Mapped[
        str
    ]  # codes with commas between; empty: the language of the place
    days: Mapped[str]  # weekdays they can lead on, 0 Monday; empty: any
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id")
    )  # the participant that they are or were
    since: Mapped[date | None]  # facilitator since
