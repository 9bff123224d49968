"""The rights of a person: who was erased or restricted, requests, what was destroyed, and acts that name nobody any more."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

_PERSON = ("person_id", "person.id")


def _table(name: str, *columns: sa.Column, keys: tuple[str, ...] = ("id",)) -> None:
    key = sa.PrimaryKeyConstraint(*keys, name=op.f(f"pk_{name}"))
    op.create_table(name, *columns, key)


def _text(name: str) -> sa.Column:
    return sa.Column(name, sa.String(), nullable=False)


def _day(name: str, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Date(), nullable=nullable)


def _id(name: str = "id") -> sa.Column:
    return sa.Column(name, sa.Integer(), autoincrement=False, nullable=False)


def _person(table: str) -> sa.Column:
    name = op.f(f"fk_{table}_person_id_person")
    key = sa.ForeignKey("person.id", name=name)
    return sa.Column("person_id", sa.Integer(), key, nullable=False)


def upgrade() -> None:
    """New tables alone."""
    _table("blanked", _id("act"), _text("mark"), keys=("act",))
    _table(
        "erased",
        _id("person_id"),
        _text("number"),
        _day("erased_on"),
        keys=("person_id",),
    )
    _table(
        "restriction",
        _id(),
        _person("restriction"),
        _text("reason"),
        _day("since"),
        _text("set_by"),
        _day("lifted_on", nullable=True),
        _text("lifted_why"),
        _text("lifted_by"),
    )
    _table(
        "subject_request",
        _id(),
        _person("subject_request"),
        _text("kind"),
        _day("received_on"),
        _text("from_whom"),
        _text("mode"),
        _text("language"),
        _text("taken_by"),
        _day("answered_on", nullable=True),
        _text("answer"),
        _text("reason"),
        _text("answered_by"),
    )
    _table(
        "destruction",
        _id(),
        _day("done_on"),
        _text("done_by"),
        _text("kind"),
        _text("content"),
    )
    for name in ("restriction", "subject_request"):
        op.create_index(op.f(f"ix_{name}_person_id"), name, ["person_id"])
