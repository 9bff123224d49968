"""Places and correctional facilities."""

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from cbs_desktop.store.schema import Base, Id


class Place(Base):
    """A unit of a country's division. Level 1 is the province; district (2) and sector (3) are kept with each unit."""

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


class Coverage(Base):
    """A district that this office works in."""

    __tablename__ = "coverage"
    district_id: Mapped[int] = mapped_column(
        ForeignKey("place.id"), primary_key=True, autoincrement=False
    )


class Facility(Base):
    """A correctional facility where groups meet."""

    __tablename__ = "facility"
    id: Mapped[Id]
    name: Mapped[str] = mapped_column(unique=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    rooms: Mapped[int]  # how many groups it can hold at once; 0 for no limit
