"""What somebody said of two records, and which records were merged."""

from datetime import date

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cbs_desktop.store.schema import Base, Id


class Judgement(Base):
    """What somebody said of two records that are alike: that they are two people, or that it is to be asked later."""

    __tablename__ = "judgement"
    __table_args__ = (UniqueConstraint("one_id", "other_id"), Index(None, "other_id"))
    id: Mapped[Id]
    one_id: Mapped[int] = mapped_column(ForeignKey("person.id"))  # the lower id
    other_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    verdict: Mapped[str]  # a word of rules.VERDICTS
    judged_on: Mapped[date]
    judged_by: Mapped[str]


class Merge(Base):
    """A record that became part of another. What was handed over stands in `content`, so that it can be given back."""

    __tablename__ = "merge"
    __table_args__ = (Index(None, "kept_id"),)
    id: Mapped[Id]
    kept_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    gone_id: Mapped[int]  # the id that the record had, and has again when it is parted
    gone_number: Mapped[str]
    gone_name: Mapped[str]
    merged_on: Mapped[date]
    merged_by: Mapped[str]
    content: Mapped[str]  # JSON
    parted_on: Mapped[date | None]
    parted_by: Mapped[str]
