"""Half-typed forms; a half-typed questionnaire keeps its safety card, and which sheet it enters a second time."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Half-typed questionnaires of before have no card, and count as first entries."""
    op.create_table(
        "form_draft",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("about", sa.Integer(), nullable=False),
        sa.Column("needs", sa.String(), nullable=False),
        sa.Column("typed_by", sa.String(), nullable=False),
        sa.Column("began_at", sa.String(), nullable=False),
        sa.Column("kept_at", sa.String(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_draft")),
    )
    op.create_index(op.f("ix_form_draft_form_about"), "form_draft", ["form", "about"])
    op.add_column(
        "draft", sa.Column("card", sa.String(), nullable=False, server_default="{}")
    )
    op.add_column("draft", sa.Column("second_of", sa.Integer(), nullable=True))
