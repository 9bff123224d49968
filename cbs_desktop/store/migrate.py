"""Bringing an office's schema up to this version: safety copy, all steps in one transaction, triggers made anew."""

from pathlib import Path

from sqlalchemy import Connection, Engine

from cbs_desktop.errors import DamagedFile, NewerFile
from cbs_desktop.store import backup, engine, journal

HEAD = "0014"


def version(link: Connection) -> str:
    """The schema version of an office; empty for a new file."""
    table = "SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'"
    if not link.exec_driver_sql(table).scalar():
        return ""
    return (
        link.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() or ""
    )


def bring_up(file: Path, key: bytes, writer: Engine) -> None:
    """Upgrade if needed; NewerFile when a later version of the program wrote it, DamagedFile when a trigger is gone:
    an office that does not write down what happens is not opened."""
    with writer.begin() as link:
        found = version(link)
        gone = journal.missing(link) if found == HEAD else []
    if gone:
        raise DamagedFile(file=file, found=gone)
    if found == HEAD:
        return
    if found > HEAD:
        raise NewerFile(file=file, version=found)
    if found:
        backup.copy(file, file.with_name(f"before-upgrade-{found}.db"), key)
    with writer.begin() as link:
        run(link)
        journal.install(link)
    if wrong := engine.quick_check(file, key):
        raise DamagedFile(file=file, found=wrong)


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
