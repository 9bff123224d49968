"""The letters of the register are the programme's; notes of a session, remarks beside marks, papers kept as they are."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

# the letters that every office had until now, with their words; later versions of the programme file do not change them
_SHIPPED = (
    ("P", 1, "came", "present", "présent(e)", "yaje", "yaje"),
    ("L", 2, "came", "late", "en retard", "yakererewe", "yatevye"),
    ("E", 3, "excused", "excused", "excusé(e)", "afite impamvu", "yasavye uruhusha"),
    ("A", 4, "absent", "absent", "absent(e)", "ntiyaje", "ntiyaje"),
)


def upgrade() -> None:
    """Six tables; every programme that was taken up has the four letters of before."""
    op.create_table(
        "programme_mark",
        sa.Column("programme_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("letter", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("counts", sa.String(), nullable=False),
        sa.Column("en", sa.String(), nullable=False),
        sa.Column("fr", sa.String(), nullable=False),
        sa.Column("rw", sa.String(), nullable=False),
        sa.Column("rn", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_programme_mark_programme_id_programme")),
        sa.PrimaryKeyConstraint("programme_id", "letter", name=op.f("pk_programme_mark")),
    )  # fmt: skip
    link = op.get_bind()
    add = (
        "INSERT INTO programme_mark (programme_id, letter, position, counts, en, fr, rw, rn)"
        " SELECT id, ?, ?, ?, ?, ?, ?, ? FROM programme"
    )
    for mark in _SHIPPED:
        link.exec_driver_sql(add, mark)
    _session_tables()
    op.create_table(
        "kept_paper",
        sa.Column("certificate_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("kept_on", sa.Date(), nullable=False),
        sa.Column("kept_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["certificate_id"], ["certificate.id"], name=op.f("fk_kept_paper_certificate_id_certificate")),
        sa.PrimaryKeyConstraint("certificate_id", name=op.f("pk_kept_paper")),
    )  # fmt: skip


def _session_tables() -> None:
    op.create_table(
        "mark_remark",
        sa.Column("session_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_mark_remark_session_id_session")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_mark_remark_person_id_person")),
        sa.PrimaryKeyConstraint("session_id", "person_id", name=op.f("pk_mark_remark")),
    )  # fmt: skip
    op.create_index(op.f("ix_mark_remark_person_id"), "mark_remark", ["person_id"])
    op.create_table(
        "session_note",
        sa.Column("session_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("setback", sa.String(), nullable=False),
        sa.Column("head_count", sa.Integer(), nullable=True),
        sa.Column("incident", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_session_note_session_id_session")),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_session_note")),
    )  # fmt: skip
    op.create_table(
        "session_facilitator",
        sa.Column("session_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("facilitator_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_session_facilitator_session_id_session")),
        sa.ForeignKeyConstraint(
            ["facilitator_id"],
            ["facilitator.id"],
            name=op.f("fk_session_facilitator_facilitator_id_facilitator"),
        ),
        sa.PrimaryKeyConstraint("session_id", "facilitator_id", name=op.f("pk_session_facilitator")),
    )  # fmt: skip
    op.create_table(
        "agreement",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_agreement_session_id_session")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
    )  # fmt: skip
    op.create_index(op.f("ix_agreement_session_id"), "agreement", ["session_id"])
