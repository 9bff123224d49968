"""Pages that are printed to be read back, and the pages that came back."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def _id() -> sa.Column:
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column("id", kind, autoincrement=False, nullable=False)


def upgrade() -> None:
    """Five tables; no page of before can be read back."""
    op.create_table(
        "printed_page",
        _id(),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("shape", sa.String(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("instrument", sa.String(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("letters", sa.String(), nullable=False),
        sa.Column("languages", sa.String(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_printed_page_group_id_groups")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_printed_page")),
        sa.UniqueConstraint("code", name=op.f("uq_printed_page_code")),
    )  # fmt: skip
    op.create_index(op.f("ix_printed_page_group_id"), "printed_page", ["group_id"])
    op.create_table(
        "printed_row",
        sa.Column("page_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("row", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["printed_page.id"], name=op.f("fk_printed_row_page_id_printed_page")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_printed_row_person_id_person")),
        sa.PrimaryKeyConstraint("page_id", "row", name=op.f("pk_printed_row")),
        sqlite_with_rowid=False,
    )  # fmt: skip
    op.create_index(op.f("ix_printed_row_person_id"), "printed_row", ["person_id"])
    op.create_table(
        "printed_session",
        sa.Column("page_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("column", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["printed_page.id"], name=op.f("fk_printed_session_page_id_printed_page")),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_printed_session_session_id_session")),
        sa.PrimaryKeyConstraint("page_id", "column", name=op.f("pk_printed_session")),
        sqlite_with_rowid=False,
    )  # fmt: skip
    op.create_index(
        op.f("ix_printed_session_session_id"), "printed_session", ["session_id"]
    )
    op.create_table(
        "scanned_page",
        _id(),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("read_at", sa.String(), nullable=False),
        sa.Column("read_by", sa.String(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("file_page", sa.Integer(), nullable=False),
        sa.Column("picture", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["printed_page.id"], name=op.f("fk_scanned_page_page_id_printed_page")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scanned_page")),
    )  # fmt: skip
    op.create_index(op.f("ix_scanned_page_page_id"), "scanned_page", ["page_id"])
    op.create_index(op.f("ix_scanned_page_file"), "scanned_page", ["file"])
    op.create_table(
        "page_picture",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("kept_at", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_page_picture")),
    )
