"""Pages that were printed to be read back, who and what stands on them, and the pages that came back, with their pictures."""

from datetime import date

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from cbs_desktop.store.schema import Base, Id


class PrintedPage(Base):
    """A page as it was printed; its code stands on it and on no other."""

    __tablename__ = "printed_page"
    __table_args__ = (Index(None, "group_id"),)
    id: Mapped[Id]
    code: Mapped[str] = mapped_column(unique=True)  # `page_code.new_page_id`
    kind: Mapped[str]  # layout.Kind
    shape: Mapped[str]  # layout.PageShape as text
    group_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id"))
    instrument: Mapped[str]  # of a questionnaire: its key
    part: Mapped[int]  # page of the register or questionnaire, from 1
    letters: Mapped[str]  # what each box of a row stands for: P,L,E,A
    languages: Mapped[str]  # codes: rw,fr
    made_on: Mapped[date]


class PrintedRow(Base):
    """Who stands in a row of a page; rows without anybody are for newcomers."""

    __tablename__ = "printed_row"
    __table_args__ = (Index(None, "person_id"), {"sqlite_with_rowid": False})
    page_id: Mapped[int] = mapped_column(
        ForeignKey("printed_page.id"), primary_key=True, autoincrement=False
    )
    row: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # from 0
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))


class PrintedSession(Base):
    """Which session a column of a page is."""

    __tablename__ = "printed_session"
    __table_args__ = (Index(None, "session_id"), {"sqlite_with_rowid": False})
    page_id: Mapped[int] = mapped_column(
        ForeignKey("printed_page.id"), primary_key=True, autoincrement=False
    )
    column: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id"))


class ScannedPage(Base):
    """A page that came back and was accepted; what was saved with it is the same act of the journal."""

    __tablename__ = "scanned_page"
    __table_args__ = (Index(None, "page_id"), Index(None, "file"))
    id: Mapped[Id]
    page_id: Mapped[int] = mapped_column(ForeignKey("printed_page.id"))
    read_at: Mapped[str]  # UTC, ISO
    read_by: Mapped[str]
    file: Mapped[str]  # SHA-256 of the file that it came in
    file_page: Mapped[int]  # from 1
    picture: Mapped[str]  # SHA-256 of its PagePicture; empty once that was destroyed


class PagePicture(Base):
    """The straightened picture of a page that was accepted, under its SHA-256. Outside the journal, which would keep a
    second copy for ever; the digest in `ScannedPage` is in it and vouches for the picture."""

    __tablename__ = "page_picture"
    __table_args__ = {"info": {"own": True}}  # noqa: RUF012
    digest: Mapped[str] = mapped_column(primary_key=True)
    kept_at: Mapped[str]  # UTC, ISO
    content: Mapped[bytes]
