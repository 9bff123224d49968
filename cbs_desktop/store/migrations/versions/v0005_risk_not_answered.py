"""Safety cards say why they were opened: a risk question was answered, or it was left blank and not asked again."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Every card that is there was opened for an answer."""
    column = sa.Column("cause", sa.String(), nullable=False, server_default="answered")
    op.add_column("risk_card", column)
