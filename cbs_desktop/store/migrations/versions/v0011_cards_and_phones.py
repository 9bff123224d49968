"""Whether somebody may be called; people are found by the number of their card, by their place and their group."""

import sqlalchemy as sa
from alembic import op

from cbs_desktop.store import search

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Nobody of before was asked whether it is safe to call. Words of before stay, so that the journal's entries fit."""
    op.add_column("person", sa.Column("safe_to_call", sa.Boolean(), nullable=True))
    link = op.get_bind()
    # no act of a person; made anew afterwards
    link.exec_driver_sql("DROP TRIGGER IF EXISTS journal_person_update")
    people = link.execute(
        sa.text(
            "SELECT id, phone, id_number FROM person WHERE phone || id_number <> ''"
        )
    )
    found = []
    for row in people:
        words = [search.card(row.id_number)]
        digits = "".join(filter(str.isdigit, row.phone))
        if len(digits) > search.PHONE_END:
            words.append(digits[-search.PHONE_END :])
        found.append({"id": row.id, "words": " ".join(words).strip()})
    if found:
        add = "UPDATE person SET search = search || ' ' || :words WHERE id = :id"
        link.execute(sa.text(add), found)
    for statement in search.NAMES_DDL:
        link.exec_driver_sql(statement)
    for table in ("place", "groups"):
        link.exec_driver_sql(
            f"INSERT INTO {table}_search (rowid, name) SELECT id, name FROM {table}"
        )
