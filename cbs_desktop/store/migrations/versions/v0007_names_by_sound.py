"""People are found by the sound of their names too: the search words of everybody get the keys of the names."""

from alembic import op
from sqlalchemy import text

from cbs_desktop.store import search
from cbs_desktop.text import fold

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """The words of before stay as they are, so that an older entry of the journal can still be taken back."""
    link = op.get_bind()
    # no act of a person; made anew afterwards
    link.exec_driver_sql("DROP TRIGGER IF EXISTS journal_person_update")
    people = link.execute(
        text("SELECT id, own_name, other_names, name_on_id FROM person")
    )
    keyed = [
        {
            "id": row.id,
            "keys": search.keys(*map(fold, row[1:])),
        }
        for row in people
    ]
    if keyed:
        add = text("UPDATE person SET search = search || ' ' || :keys WHERE id = :id")
        link.execute(add, keyed)
