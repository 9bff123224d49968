"""What every table shares: named constraints, the type of ids, the register of tables and the room each belongs to."""

from typing import Annotated, Any

from sqlalchemy import BigInteger, Integer, LargeBinary, MetaData, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
Id = Annotated[
    int,
    mapped_column(
        BigInteger().with_variant(Integer, "sqlite"),
        primary_key=True,
        autoincrement=False,
    ),
]
APPLICATION_ID = 0x43425344  # "CBSD": a database of this program


class Base(DeclarativeBase):
    """A row of a room's table."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: dict[Any, Any] = {bytes: LargeBinary, int: Integer}  # noqa: RUF012


def tables() -> list[Table]:
    """All journalled tables, parents first."""
    return [table for table in Base.metadata.sorted_tables if not table.info.get("own")]


def room_of(table: Table) -> str:
    """The room that writes a table."""
    return table.info["room"]


def place_in_rooms() -> None:
    """Note on each table the room whose module declares it."""
    for mapper in Base.registry.mappers:
        parts = mapper.class_.__module__.split(".")
        mapper.local_table.info.setdefault("room", parts[1])  # type: ignore[attr-defined]


class Setting(Base):
    """One setting of the office; `settings.py` says which there are."""

    __tablename__ = "setting"
    __table_args__ = {"info": {"room": "settings"}}  # noqa: RUF012
    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class Series(Base):
    """The last number given in a series. Undo never turns it back: no number is given twice."""

    __tablename__ = "series"
    __table_args__ = {"info": {"room": "settings", "keeps": True}}  # noqa: RUF012
    key: Mapped[str] = mapped_column(primary_key=True)
    last: Mapped[int]


class Laptop(Base):
    """A laptop that has worked on this office; its id is the random part of the ids it gives."""

    __tablename__ = "laptop"
    __table_args__ = {"info": {"room": "settings", "keeps": True}}  # noqa: RUF012
    id: Mapped[Id]
    name: Mapped[str] = mapped_column(unique=True)


class Blanked(Base):
    """An act whose facts named a person who was erased; `mark` vouches for it as it is since (`journal.mark_of_blanked`)."""

    __tablename__ = "blanked"
    __table_args__ = {"info": {"room": "settings", "keeps": True}}  # noqa: RUF012
    act: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    mark: Mapped[str]


class Restated(Base):
    """A row that is not as the journal tells, and why that is known: a new version of the program changed its table, a
    person was erased, or a coordinator took a finding of the check as it stands. Entries up to `seq` no longer speak for
    it; `digest` is that of the row then (store/replay.py)."""

    __tablename__ = "restated"
    __table_args__ = {"info": {"room": "settings", "keeps": True}}  # noqa: RUF012
    tbl: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int]
    digest: Mapped[str]
