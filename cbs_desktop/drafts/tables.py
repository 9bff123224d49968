"""Half-typed forms of every kind."""

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from cbs_desktop.store.schema import Base, Id


class FormDraft(Base):
    """A half-typed form. Outside the journal, which would keep what was typed for ever; thrown away with the form."""

    __tablename__ = "form_draft"
    __table_args__ = (Index(None, "form", "about"), {"info": {"own": True}})
    id: Mapped[Id]  # drawn by the form, so that no answer has to be waited for
    form: Mapped[str]  # the action in which the form ends: participants.register
    about: Mapped[int]  # the id of what is changed; 0 for something new
    typed_by: Mapped[str]
    began_at: Mapped[str]  # UTC, ISO
    kept_at: Mapped[str]
    seen: Mapped[int]  # the last entry of the journal when the form was begun
    sealed: Mapped[bool]  # to the clinical key; else to its readers
    content: Mapped[bytes]  # field → what was typed, as JSON


def sealed_of_draft(draft_id: int) -> str:
    """Of which record its content is, as `safe.seal` has it."""
    return f"form draft {draft_id}"


class DraftNeed(Base):
    """A permission without which nobody reads a half-typed form; it goes with the form."""

    __tablename__ = "draft_need"
    __table_args__ = {  # noqa: RUF012
        "sqlite_with_rowid": False, "info": {"own": True}
    }  # fmt: skip
    draft_id: Mapped[int] = mapped_column(
        ForeignKey("form_draft.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    )
    permission: Mapped[str] = mapped_column(primary_key=True)
