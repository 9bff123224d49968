"""Certificates: series, what else the code says, who decided where the rule was not met, replacements; which prints came
out of the printer; lists of keys and withdrawn certificates of other offices."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Numbers that are there are taken apart into series and serial; every print noted so far came out."""
    for name in (
        "series",
        "office",
        "programme",
        "override",
        "override_words",
        "override_by",
        "replaced_by",
    ):
        op.add_column(
            "certificate",
            sa.Column(name, sa.String(), nullable=False, server_default=""),
        )
    op.add_column(
        "certificate",
        sa.Column("serial", sa.Integer(), nullable=False, server_default="0"),
    )
    link = op.get_bind()
    for table in (
        "certificate",
        "print",
    ):  # taking apart is no act of a person; the triggers are made anew afterwards
        link.exec_driver_sql(f"DROP TRIGGER IF EXISTS journal_{table}_update")
    for i, number in link.exec_driver_sql("SELECT id, number FROM certificate").all():
        series, _dash, serial = number.rpartition("-")
        values = (series, int(serial) if serial.isdigit() else 0, i)
        link.exec_driver_sql(
            "UPDATE certificate SET series = ?, serial = ? WHERE id = ?", values
        )
    op.create_index(op.f("ix_certificate_series"), "certificate", ["series"])
    op.add_column("print", sa.Column("came_out", sa.Boolean(), nullable=True))
    link.exec_driver_sql("UPDATE print SET came_out = 1")
    op.create_table(
        "check_list",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("root", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_list")),
        sa.UniqueConstraint("root", "code", name=op.f("uq_check_list_root_code")),
    )
