"""Visits to people who stayed away; where a session goes that would fall on a day that is kept free."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """One table, empty: visits were not kept before. Sessions go a week later, as they did."""
    op.create_table(
        "visit",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("visited_on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_visit_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
    )  # fmt: skip
    op.create_index(op.f("ix_visit_person_id"), "visit", ["person_id"])
    op.add_column(
        "wishes",
        sa.Column("free_days", sa.String(), nullable=False, server_default="later"),
    )
