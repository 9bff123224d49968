"""The pictures of accepted pages: kept beside what was read from them, and destroyed with a person whom they name."""

import hashlib
from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import delete, or_, select, update
from sqlalchemy.dialects.sqlite import insert

from cbs_desktop.action import Reading, Transaction
from cbs_desktop.scans.tables import PagePicture, PrintedRow, ScannedPage

# An accepted page that Undo took back leaves its picture for as long as Redo may want it.
KEPT_DAYS = 30


def keep(tx: Transaction, picture: bytes) -> str:
    """Keep a picture; its digest. Those that no page names any more go after KEPT_DAYS."""
    digest = hashlib.sha256(picture).hexdigest()
    row = {"digest": digest, "kept_at": tx.now.isoformat(), "content": picture}
    put = insert(PagePicture).values(row)
    tx.run(
        put.on_conflict_do_update(
            index_elements=["digest"], set_={"kept_at": row["kept_at"]}
        )
    )
    first_kept = tx.now - timedelta(days=KEPT_DAYS)
    named = select(ScannedPage.picture)
    tx.run(
        delete(PagePicture).where(
            PagePicture.kept_at < first_kept.isoformat(),
            PagePicture.digest.not_in(named),
        )
    )
    return digest


def picture(reading: Reading, digest: str) -> bytes:
    """A kept picture; empty where it was destroyed, or is not the one that was kept."""
    content = reading.value(
        select(PagePicture.content).where(PagePicture.digest == digest)
    )
    if content is None or hashlib.sha256(content).hexdigest() != digest:
        return b""
    return content


def destroy(tx: Transaction, people: Iterable[int]) -> int:
    """Destroy the pictures of all pages that name one of these people, and those that no page names; how many pages lost
    theirs. What was read from them stays."""
    named = select(PrintedRow.page_id).where(PrintedRow.person_id.in_(list(people)))
    of_them = ScannedPage.page_id.in_(named)
    has_one = ScannedPage.picture != ""
    digests = tx.column(select(ScannedPage.picture).where(of_them, has_one))
    kept = select(ScannedPage.picture)
    lost = tx.run(update(ScannedPage).where(of_them, has_one).values(picture=""))
    tx.run(
        delete(PagePicture).where(
            or_(PagePicture.digest.in_(digests), PagePicture.digest.not_in(kept))
        )
    )
    return lost
