"""Lists in tables of their own: languages and days of people and facilitators, and what a half-typed form asks for."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
_LISTS = (
    ("person", "languages", "person_language", "code", sa.String),
    ("person", "days", "person_day", "weekday", sa.Integer),
    ("facilitator", "languages", "facilitator_language", "code", sa.String),
    ("facilitator", "days", "facilitator_day", "weekday", sa.Integer),
)


def upgrade() -> None:
    """Every value becomes a row; the columns with commas go.

    Entries of the journal from before keep the columns: undoing them writes the tables (`store.undo`).
    """
    link = op.get_bind()
    for record in ("person", "facilitator"):  # made anew afterwards
        for verb in ("insert", "update", "delete"):
            link.exec_driver_sql(f"DROP TRIGGER IF EXISTS journal_{record}_{verb}")
    for record, column, table, value, kind in _LISTS:
        op.create_table(
            table,
            sa.Column(
                f"{record}_id", sa.Integer(), autoincrement=False, nullable=False
            ),
            sa.Column(value, kind(), autoincrement=False, nullable=False),
            sa.ForeignKeyConstraint(
                [f"{record}_id"], [f"{record}.id"], name=op.f(f"fk_{table}_{record}_id")
            ),
            sa.PrimaryKeyConstraint(f"{record}_id", value, name=op.f(f"pk_{table}")),
            sqlite_with_rowid=False,
        )
        _carry_over(link, record, column, table)
    op.create_table(
        "draft_need",
        sa.Column("draft_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("permission", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"],
            ["form_draft.id"],
            name=op.f("fk_draft_need_draft_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("draft_id", "permission", name=op.f("pk_draft_need")),
        sqlite_with_rowid=False,
    )
    _carry_over(link, "form_draft", "needs", "draft_need")


def _carry_over(link: sa.Connection, record: str, column: str, table: str) -> None:
    """A row for every value between commas, each once; then the column goes."""
    rows: list[tuple[int, str]] = []
    kept = link.exec_driver_sql(
        f"SELECT id, {column} FROM {record} WHERE {column} <> ''"
    )
    for key, text in kept:
        for value in dict.fromkeys(text.split(",")):
            rows.append((key, value))
    if rows:
        link.exec_driver_sql(f"INSERT INTO {table} VALUES (?, ?)", rows)
    link.exec_driver_sql(f"ALTER TABLE {record} DROP COLUMN {column}")
