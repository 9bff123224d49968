"""Background, safety cards, reasons of decisions and half-typed questionnaires are sealed to those who may read them."""

import hashlib
import json

import sqlalchemy as sa
from alembic import op

from cbs_desktop.safe import seal
from cbs_desktop.safe.keys import Keys
from cbs_desktop.safe.readers import Readers

revision = "0016"
down_revision = "0015"
_LINE = (
    "concat_ws(char(31), seq, tbl, key, op, coalesce(before, ''), coalesce(after, ''))"
)
# Entries that would tell what is sealed from now on; a decision without a reason tells nothing.
_TELLING = (
    "tbl IN ('background', 'risk_card') OR (tbl = 'restated' AND key LIKE 'background,%') OR (tbl = 'decision' AND"
    " coalesce(json_extract(before, '$.reason'), '') || coalesce(json_extract(after, '$.reason'), '') <> '')"
)
# up to the second comma of "background,12,widowed"
_TWO = "length('background,') + instr(substr(key, length('background,') + 1), ',')"


def upgrade() -> None:
    """Rows are sealed with the office's public keys; the journal keeps the digests of their entries, not what they say."""
    link = op.get_bind()
    _blank(link)
    for table in ("decision", "draft", "restated"):  # made anew afterwards
        for verb in ("insert", "update", "delete"):
            link.exec_driver_sql(f"DROP TRIGGER IF EXISTS journal_{table}_{verb}")
    _seal_background(link)
    _seal_cards(link)
    _seal_reasons(link)
    _drafts(link)


def _blank(link: sa.Connection) -> None:
    """The key of an entry of a background told the category too."""
    driver = link.connection.driver_connection
    assert driver is not None
    found = link.exec_driver_sql(
        f"SELECT seq, {_LINE} FROM entry WHERE digest IS NULL AND ({_TELLING})"
    ).all()
    kept = [(hashlib.sha256(line.encode()).digest(), seq) for seq, line in found]
    if kept:
        driver.create_function("cbs_erasing", 0, lambda: 1)
        link.exec_driver_sql(
            "UPDATE entry SET digest = ?, before = NULL, after = NULL WHERE seq = ?",
            kept,
        )
        for table, kept_parts in (
            ("background", "instr(key, ',')"),
            ("restated", _TWO),
        ):
            link.exec_driver_sql(
                f"UPDATE entry SET key = substr(key, 1, {kept_parts}) WHERE tbl = ?"
                " AND before IS NULL AND after IS NULL",
                (table,),
            )
        driver.create_function("cbs_erasing", 0, lambda: 0)


def _public(link: sa.Connection, name: str) -> bytes:
    text = link.exec_driver_sql(
        "SELECT value FROM setting WHERE key = ?", (name,)
    ).scalar_one()
    return bytes.fromhex(json.loads(text))


def _seal_background(link: sa.Connection) -> None:
    rows = link.exec_driver_sql(
        "SELECT person_id, json_group_array(category) FROM background GROUP BY person_id"
    ).all()
    link.exec_driver_sql("DELETE FROM restated WHERE tbl = 'background'")
    op.drop_table("background")
    op.create_table(
        "background",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_background_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_background")),
    )
    op.create_index(op.f("ix_background_person_id"), "background", ["person_id"])
    if not rows:
        return
    clinical, signing = (
        _public(link, "clinical public"),
        _public(link, "signing public"),
    )
    readers = Readers(_no_keys, clinical, signing, lambda: None)
    for person_id, categories in rows:  # the first of a person has the person's number
        sealed = readers.seal_background(categories.encode(), f"background {person_id}")
        link.exec_driver_sql(
            "INSERT INTO background VALUES (?, ?, ?)", (person_id, person_id, sealed)
        )


def _no_keys() -> Keys:
    """Sealing needs none."""
    raise AssertionError


def _seal_cards(link: sa.Connection) -> None:
    rows = link.exec_driver_sql("SELECT * FROM risk_card").mappings().all()
    op.drop_index(op.f("ix_risk_card_person_id"), "risk_card")
    op.drop_table("risk_card")
    op.create_table(
        "risk_card",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("see_again_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_by", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("outcome", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_risk_card_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name=op.f("fk_risk_card_assessment_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_risk_card")),
    )
    op.create_index(op.f("ix_risk_card_person_id"), "risk_card", ["person_id"])
    for row in rows:
        _put_card(link, row)


def _put_card(link: sa.Connection, row: sa.RowMapping) -> None:
    public = _public(link, "clinical public")
    held = {
        "cause": row["cause"],
        "told": row["told"],
        "told_on": row["told_on"],
        "safe_now": bool(row["safe_now"]),
        "referred_to": row["referred_to"],
    }
    sealed = seal.seal(public, json.dumps(held).encode(), f"risk card {row['id']}")
    outcome = b""
    if row["outcome"]:
        of = f"outcome of risk card {row['id']}"
        outcome = seal.seal(public, row["outcome"].encode(), of)
    link.exec_driver_sql(
        "INSERT INTO risk_card VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            row["id"],
            row["person_id"],
            row["assessment_id"],
            row["opened_on"],
            row["see_again_on"],
            row["closed_on"],
            row["closed_by"],
            sealed,
            outcome,
        ),
    )


def _seal_reasons(link: sa.Connection) -> None:
    """Every decision has one, so that nothing tells where something was typed."""
    rows = link.exec_driver_sql("SELECT id, reason FROM decision").all()
    link.exec_driver_sql("ALTER TABLE decision DROP COLUMN reason")
    link.exec_driver_sql(
        "ALTER TABLE decision ADD COLUMN reason BLOB NOT NULL DEFAULT x''"
    )
    if not rows:
        return
    public = _public(link, "clinical public")
    for decision_id, reason in rows:
        sealed = seal.seal(public, reason.encode(), f"reason of decision {decision_id}")
        link.exec_driver_sql(
            "UPDATE decision SET reason = ? WHERE id = ?", (sealed, decision_id)
        )


def _drafts(link: sa.Connection) -> None:
    """One column for what was typed; it is sealed when its typist goes on."""
    link.exec_driver_sql(
        "ALTER TABLE draft ADD COLUMN content BLOB NOT NULL DEFAULT x''"
    )
    link.exec_driver_sql(
        "UPDATE draft SET content = CAST(json_object('answers', json(answers), 'card', json(card)) AS BLOB)"
    )
    for column in ("answers", "card"):
        link.exec_driver_sql(f"ALTER TABLE draft DROP COLUMN {column}")
