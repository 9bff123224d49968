"""A half-typed first entry and a half-typed second entry of the same questionnaire stand beside each other."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Which paper is entered a second time becomes part of the key; 0 is a first entry."""
    op.create_table(
        "draft_of_paper",
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("instrument", sa.String(), nullable=False),
        sa.Column("typed_by", sa.String(), nullable=False),
        sa.Column("second_of", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("answers", sa.String(), nullable=False),
        sa.Column("card", sa.String(), nullable=False, server_default="{}"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_draft_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_draft_round_id")
        ),
        sa.PrimaryKeyConstraint(
            "person_id", "instrument", "typed_by", "second_of", name=op.f("pk_draft")
        ),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO draft_of_paper SELECT person_id, instrument, typed_by, coalesce(second_of, 0), round_id, version,"
        " answers, card FROM draft"
    )
    op.drop_table("draft")
    op.rename_table("draft_of_paper", "draft")
