"""What left the program."""

from sqlalchemy.orm import Mapped, mapped_column

from cbs_desktop.store.schema import Base, Id


class Export(Base):
    """A paper or file that left: what kind, how many people it told of, who took it out, where to and for whom. It cannot be
    taken back. `sheets` are the questionnaires in a backup; `stick` the number of the stick, 0 where it has none."""

    __tablename__ = "export"
    __table_args__ = {"info": {"keeps": True}}  # noqa: RUF012
    id: Mapped[Id]
    at: Mapped[str] = mapped_column(index=True)  # UTC, ISO
    account: Mapped[str]
    kind: Mapped[str]
    permission: Mapped[str]  # that it was taken out with
    people: Mapped[int]
    sheets: Mapped[int]
    place: Mapped[str]
    stick: Mapped[int]
    recipient: Mapped[str]
    other: Mapped[str]
    country: Mapped[str]
