"""Groups: languages and days of people and facilitators, support need, positions of places, keep-together, ties, wishes."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False, server_default="")


def _key(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def upgrade() -> None:
    """New columns are empty for the rows that are there: any day, any language, no need told, no position."""
    for table in ("person", "facilitator"):
        op.add_column(table, _text("languages"))
        op.add_column(table, _text("days"))
    op.add_column("decision", _text("support"))
    for column in ("latitude", "longitude"):
        op.add_column("place", sa.Column(column, sa.Float(), nullable=True))
    op.add_column(
        "proposal",
        sa.Column("pinned", sa.String(), nullable=False, server_default="{}"),
    )
    op.add_column("proposal", _text("solver"))
    op.add_column(
        "proposal", sa.Column("used", sa.Integer(), nullable=False, server_default="0")
    )
    op.create_table(
        "keep_together",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        _key("one_id"),
        _key("other_id"),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["one_id"], ["person.id"], name=op.f("fk_keep_together_one_id")
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["person.id"], name=op.f("fk_keep_together_other_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_keep_together")),
        sa.UniqueConstraint(
            "one_id", "other_id", name=op.f("uq_keep_together_one_id_other_id")
        ),
    )
    op.create_index(op.f("ix_keep_together_other_id"), "keep_together", ["other_id"])
    op.create_table(
        "tie",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        _key("facilitator_id"),
        _key("person_id"),
        sa.ForeignKeyConstraint(
            ["facilitator_id"], ["facilitator.id"], name=op.f("fk_tie_facilitator_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_tie_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tie")),
        sa.UniqueConstraint(
            "facilitator_id", "person_id", name=op.f("uq_tie_facilitator_id_person_id")
        ),
    )
    op.create_index(op.f("ix_tie_person_id"), "tie", ["person_id"])
    op.create_table(
        "wishes",
        sa.Column("programme_id", sa.Integer(), autoincrement=False, nullable=False),
        _key("area_km"),
        *(
            sa.Column(name, sa.String(), nullable=False)
            for name in (
                "undivided",
                "sexes",
                "alone",
                "backgrounds",
                "support",
                "distance",
                "ages",
            )
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_wishes_programme_id")
        ),
        sa.PrimaryKeyConstraint("programme_id", name=op.f("pk_wishes")),
        sqlite_with_rowid=False,
    )
