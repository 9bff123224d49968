"""Rows that are not as the journal tells, and why that is known; what older steps changed is noted after this one."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0013"


def upgrade() -> None:
    """The table alone; `migrate.bring_up` fills it."""
    op.create_table(
        "restated",
        sa.Column("tbl", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("tbl", "key", name=op.f("pk_restated")),
    )
