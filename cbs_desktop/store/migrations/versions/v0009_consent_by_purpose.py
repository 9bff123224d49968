"""Consent by purpose: language, witness, why it was withdrawn; what one consent allowed so far is told apart."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Until now a consent for the programme allowed the questionnaires as well: it is kept, and a consent for screening
    with the same day, form and guardian stands beside it. Nothing else is taken as agreed to.

    Its id is that of the first with a minus, so that two laptops that bring up the same office make the same row.
    """
    link = op.get_bind()
    for verb in ("insert", "update"):  # no act of a person; made anew afterwards
        link.exec_driver_sql(f"DROP TRIGGER IF EXISTS journal_consent_{verb}")
    for name in ("language", "witness", "withdrawn_why"):
        column = sa.Column(name, sa.String(), nullable=False, server_default="")
        op.add_column("consent", column)
    link.exec_driver_sql(
        "INSERT INTO consent (id, person_id, purpose, mode, given_on, guardian, withdrawn_on)"
        " SELECT -id, person_id, 'screening', mode, given_on, guardian, withdrawn_on FROM consent AS c"
        " WHERE purpose = 'programme' AND NOT EXISTS (SELECT 1 FROM consent AS other"
        " WHERE other.person_id = c.person_id AND other.purpose = 'screening')"
    )
