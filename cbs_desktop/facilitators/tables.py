"""Facilitators (sociotherapists)."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from cbs_desktop.store.schema import Base, Id


class Facilitator(Base):
    """A sociotherapist; `level` is the highest training completed."""

    __tablename__ = "facilitator"
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
