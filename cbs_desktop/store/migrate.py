"""Bringing an office's schema up to this version: safety copy, all steps in one transaction, triggers made anew."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, MetaData, inspect
from sqlalchemy.exc import OperationalError

from cbs_desktop.errors import DamagedFile, NewerFile
from cbs_desktop.safe import copies
from cbs_desktop.safe.keys import Keys
from cbs_desktop.store import (
    backup,
    engine,
    journal,
    known_schema,
    replay,
    schema,
    trouble,
)

HEAD = "0021"


def version(link: Connection) -> str:
    """The schema version of an office; empty for a new file."""
    table = "SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'"
    if not link.exec_driver_sql(table).scalar():
        return ""
    return (
        link.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() or ""
    )


def bring_up(
    file: Path, held: Keys, writer: Engine, account: str, now: datetime
) -> bool:
    """Upgrade if needed, and whether it was. NewerFile when a later version of the program wrote it; DamagedFile when a
    trigger is gone, or one is there that is not the program's: an office that does not write down what happens is not
    opened.

    What the upgrade changed of rows is noted in the journal as an act of `account`.
    """
    with writer.begin() as link:
        found = version(link)
        wrong = known_schema.strange(link) if found == HEAD else []
    if wrong:
        raise DamagedFile(file=file, found=wrong)
    if found == HEAD:
        return False
    if found > HEAD:
        raise NewerFile(file=file, version=found)
    if found:
        _keep_copy(file.parent, held, now)
    try:
        with writer.begin() as link:
            wrong_before = _differing(link)
            run(link)
            journal.install(link)
            _note_changed_rows(link, held.chain, wrong_before, account, now)
    except OperationalError as problem:
        if of_disk := trouble.of_disk(problem, file.parent):
            raise of_disk from problem
        # its tables are not those of the version that it names
        raise DamagedFile(file=file, found=[str(problem.orig)]) from problem
    if damage := engine.quick_check(file, held.data):
        raise DamagedFile(file=file, found=damage)
    return True


def _keep_copy(folder: Path, held: Keys, now: datetime) -> None:
    """The office as it was before the upgrade; one that is being made from a copy has that already."""
    if folder.name.endswith(copies.HALF):
        return
    into = copies.automatic_folder(folder)
    backup.make(
        folder, into, copies.name_of(folder, now), held, copies.Why.UPGRADE, now
    )


def _differing(link: Connection) -> set[tuple[str, str]]:
    """The rows that are not as the journal tells before the upgrade: it does not make them right."""
    known = inspect(link)
    if not known.has_table("restated"):
        return set()
    old = MetaData()
    names = [table.name for table in schema.tables() if known.has_table(table.name)]
    old.reflect(link, only=names, resolve_fks=False)
    found = replay.differences(link, old.sorted_tables)
    return {(each.table, each.key) for each in found}


def _note_changed_rows(
    link: Connection,
    key: bytes,
    wrong_before: set[tuple[str, str]],
    account: str,
    now: datetime,
) -> None:
    """Rows that the upgrade changed beside the journal are known from now on as they are."""
    act, seq, counter, chain = journal.last(link)
    changed = [
        each
        for each in replay.differences(link, schema.tables())
        if (each.table, each.key) not in wrong_before
    ]
    replay.restate(link, changed)
    facts = {"schema": HEAD}
    note = journal.Act(
        id=act + 1,
        at=now.isoformat(),
        account=account,
        laptop=0,
        action="office.bring_up",
        facts=facts,
        undoes=None,
        counter=counter,
        first=seq + 1,
        entries=0,
    )
    journal.close_act(link, key, chain, note)


def run(link: Connection, to: str = "head") -> None:
    """Run the steps on an open transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option(
        "script_location", str(Path(__file__).with_name("migrations"))
    )
    config.attributes["connection"] = link
    command.upgrade(config, to)
