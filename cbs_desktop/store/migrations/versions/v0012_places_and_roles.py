"""Places: joined spellings, units of an older division, kinds of facilities; who a facilitator was before; when an age was
estimated."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
_NEW = (
    "place ADD COLUMN valid_from DATE",
    "place ADD COLUMN valid_to DATE",
    "place ADD COLUMN replaced_by_id INTEGER CONSTRAINT fk_place_replaced_by_id REFERENCES place (id)",
    "facility ADD COLUMN kind VARCHAR NOT NULL DEFAULT 'correctional facility'",
    "facilitator ADD COLUMN person_id INTEGER CONSTRAINT fk_facilitator_person_id REFERENCES person (id)",
    "facilitator ADD COLUMN since DATE",
    "person ADD COLUMN estimated_on DATE",
)


def upgrade() -> None:
    """Every facility so far is a correctional one, every place is of the division of today. An age that was estimated
    was so on the day of the registration, as far as anybody knows."""
    link = op.get_bind()
    link.exec_driver_sql(  # no act of a person; made anew afterwards
        "DROP TRIGGER IF EXISTS journal_person_update"
    )
    for column in _NEW:
        link.exec_driver_sql(f"ALTER TABLE {column}")
    link.exec_driver_sql(
        "UPDATE person SET estimated_on = registered_on WHERE age_estimated"
    )
    op.create_index(op.f("ix_facilitator_person_id"), "facilitator", ["person_id"])
    _make_different_places()
    _make_place_join()


def _make_different_places() -> None:
    op.create_table(
        "different_places",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("one_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("said_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["one_id"], ["place.id"], name=op.f("fk_different_places_one_id")
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["place.id"], name=op.f("fk_different_places_other_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_different_places")),
        sa.UniqueConstraint(
            "one_id", "other_id", name=op.f("uq_different_places_one_id_other_id")
        ),
    )
    op.create_index(
        op.f("ix_different_places_other_id"), "different_places", ["other_id"]
    )


def _make_place_join() -> None:
    op.create_table(
        "place_join",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kept_id", sa.Integer(), nullable=False),
        sa.Column("gone_id", sa.Integer(), nullable=False),
        sa.Column("gone_path", sa.String(), nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=False),
        sa.Column("joined_by", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("parted_on", sa.Date(), nullable=True),
        sa.Column("parted_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_join")),
    )
