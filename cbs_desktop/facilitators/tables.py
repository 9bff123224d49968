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
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id")
    )  # the participant that they are or were
    since: Mapped[date | None]  # facilitator since


class FacilitatorLanguage(Base):
    """A language that a facilitator leads in; none: the language of the place."""

    __tablename__ = "facilitator_language"
    __table_args__ = {  # noqa: RUF012
        "sqlite_with_rowid": False, "info": {"list": "languages"}
    }  # fmt: skip
    facilitator_id: Mapped[int] = mapped_column(
        ForeignKey("facilitator.id"), primary_key=True, autoincrement=False
    )
    code: Mapped[str] = mapped_column(primary_key=True)


class FacilitatorDay(Base):
    """A weekday on which a facilitator can lead, 0 Monday; none: any."""

    __tablename__ = "facilitator_day"
    __table_args__ = {  # noqa: RUF012
        "sqlite_with_rowid": False, "info": {"list": "days"}
    }  # fmt: skip
    facilitator_id: Mapped[int] = mapped_column(
        ForeignKey("facilitator.id"), primary_key=True, autoincrement=False
    )
    weekday: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
