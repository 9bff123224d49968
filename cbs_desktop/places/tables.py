"""Places, facilities, which spellings of a place were joined, and which names are two places."""

from datetime import date

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cbs_desktop.store.schema import Base, Id


class Place(Base):
    """A unit of a country's division. Level 1 is the province; district (2) and sector (3) are kept with each unit.

    A unit of an older division has the day of its end and stands below the district that it belongs to now.
    """

    __tablename__ = "place"
    __table_args__ = (Index(None, "parent_id", "name"),)
    id: Mapped[Id]
    country: Mapped[str]
    level: Mapped[int]
    name: Mapped[str]
    code: Mapped[str | None]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"))
    district_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"))
    sector_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"))
    path: Mapped[str]  # "Musanze › Muhoza › Kigombe", from the district down
    latitude: Mapped[
        float | None
    ]  # degrees (WGS 84) of its middle, where somebody measured them
    longitude: Mapped[float | None]
    valid_from: Mapped[date | None]  # None: as long as anybody asks
    valid_to: Mapped[date | None]  # its last day; None for a unit of today
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"))


class Coverage(Base):
    """A district that this office works in."""

    __tablename__ = "coverage"
    district_id: Mapped[int] = mapped_column(
        ForeignKey("place.id"), primary_key=True, autoincrement=False
    )


class Facility(Base):
    """A correctional facility or a refugee camp where groups meet."""

    __tablename__ = "facility"
    id: Mapped[Id]
    name: Mapped[str] = mapped_column(unique=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    rooms: Mapped[int]  # how many groups it can hold at once; 0 for no limit
    kind: Mapped[str]  # a word of rules.FACILITY_KINDS


class DifferentPlaces(Base):
    """Somebody said of two names that are alike that they are two places."""

    __tablename__ = "different_places"
    __table_args__ = (UniqueConstraint("one_id", "other_id"), Index(None, "other_id"))
    id: Mapped[Id]
    one_id: Mapped[int] = mapped_column(ForeignKey("place.id"))  # the lower id
    other_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    said_on: Mapped[date]
    said_by: Mapped[str]


class PlaceJoin(Base):
    """A spelling that became part of another place. What was handed over stands in `content`, so that it can be given
    back; the ids are no foreign keys, because either place may become part of a third."""

    __tablename__ = "place_join"
    id: Mapped[Id]
    kept_id: Mapped[int]
    gone_id: Mapped[int]
    gone_path: Mapped[str]
    joined_on: Mapped[date]
    joined_by: Mapped[str]
    content: Mapped[str]  # JSON: the steps, see joining.py
    parted_on: Mapped[date | None]
    parted_by: Mapped[str]
