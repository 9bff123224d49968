"""Signatories, issued certificates, and every print of them."""

from datetime import date

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from cbs_desktop.store.schema import Base, Id


class Signatory(Base):
    """Who signs, in the order on the paper."""

    __tablename__ = "signatory"
    id: Mapped[Id]
    position: Mapped[int] = mapped_column(unique=True)
    name: Mapped[str]
    title: Mapped[str]


class Certificate(Base):
    """An issued certificate, as printed: later changes of the person do not change it."""

    __tablename__ = "certificate"
    __table_args__ = (Index(None, "person_id"), Index(None, "round_id"))
    id: Mapped[Id]
    number: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    name: Mapped[str]
    attended: Mapped[int]
    held: Mapped[int]
    began_on: Mapped[date]
    completed_on: Mapped[date]
    issued_on: Mapped[date]
    place: Mapped[str]
    code: Mapped[str]  # the signed text of the QR
    withdrawn_on: Mapped[date | None]
    withdrawn_reason: Mapped[str]


class Print(Base):
    """One time a certificate was printed; the first is the original, later ones are duplicates with a reason."""

    __tablename__ = "print"
    id: Mapped[Id]
    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificate.id"), index=True)
    printed_on: Mapped[date]
    printed_by: Mapped[str]
    reason: Mapped[str]
