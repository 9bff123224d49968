"""What holds the journal: rows that are known not to be as it tells, and signatures of a coordinator under its acts."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """The tables alone; what older steps changed of rows is noted after this one, by `migrate.bring_up`."""
    op.create_table(
        "restated",
        sa.Column("tbl", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("tbl", "key", name=op.f("pk_restated")),
    )
    op.create_table(
        "anchor",
        sa.Column("act", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("signature", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("act", name=op.f("pk_anchor")),
    )
