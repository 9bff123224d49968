"""Signatures under the journal."""

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from cbs_desktop.store.schema import Base


class Anchor(Base):
    """An act whose link a coordinator signed: whoever makes the journal anew with the office's key alone cannot make it.
    `link` and `signature` (Ed25519, RFC 8032) are hexadecimal."""

    __tablename__ = "anchor"
    __table_args__ = {"info": {"keeps": True}}  # noqa: RUF012
    act: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    link: Mapped[str]
    day: Mapped[date]
    account: Mapped[str]
    signature: Mapped[str]
