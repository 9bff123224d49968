"""Signatories, issued certificates, every print of them, and other offices' lists for checking theirs."""

from datetime import date

from sqlalchemy import ForeignKey, Index, UniqueConstraint
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
    __table_args__ = (
        Index(None, "person_id"),
        Index(None, "round_id"),
        Index(None, "series"),
    )
    id: Mapped[Id]
    number: Mapped[str] = mapped_column(unique=True)  # series and serial
    series: Mapped[str]
    serial: Mapped[int]
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
    office: Mapped[str]
    programme: Mapped[str]
    code: Mapped[str]  # the signed text of the QR
    override: Mapped[
        str
    ]  # why, a word of rules.OVERRIDE_REASONS, where the programme's rule was not met
    override_words: Mapped[str]
    override_by: Mapped[str]  # the account that decided it
    withdrawn_on: Mapped[date | None]
    withdrawn_reason: Mapped[str]
    replaced_by: Mapped[str]  # the number of the certificate with the corrected name


class KeptPaper(Base):
    """A decision that a certificate stands as it is though the records differ from it; `state` says from which records
    (rules.state_of_records): when they change again, it is asked again."""

    __tablename__ = "kept_paper"
    certificate_id: Mapped[int] = mapped_column(
        ForeignKey("certificate.id"), primary_key=True, autoincrement=False
    )
    state: Mapped[str]
    reason: Mapped[str]  # a word of rules.KEEP_REASONS
    words: Mapped[str]
    kept_on: Mapped[date]
    kept_by: Mapped[str]


class Print(Base):
    """One time a certificate was printed; the first is the original, later ones are duplicates with a reason.

    `came_out` is None while nobody has said whether the paper came out well. What did not is no print.
    """

    __tablename__ = "print"
    id: Mapped[Id]
    certificate_id: Mapped[int] = mapped_column(
        ForeignKey("certificate.id"), index=True
    )
    printed_on: Mapped[date]
    printed_by: Mapped[str]
    reason: Mapped[str]
    came_out: Mapped[bool | None]


class ImportedList(Base):
    """The newest list of another office: its keys and its withdrawn certificates, signed. One row an office."""

    __tablename__ = "check_list"
    __table_args__ = (UniqueConstraint("root", "code"),)
    id: Mapped[Id]
    root: Mapped[str]  # the root's public key, in hexadecimal
    code: Mapped[str]
    office: Mapped[str]
    number: Mapped[int]
    made_on: Mapped[date]
    taken_on: Mapped[date]
    content: Mapped[str]
