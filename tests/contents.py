"""What an office holds, to compare before and after."""

from cbs_desktop.store import schema


def contents(office, without=()):
    """Every row of every table but those named."""
    with office._reader.connect() as link:
        return {
            table.name: sorted(map(repr, link.execute(table.select()).all()))
            for table in schema.Base.metadata.sorted_tables
            if table.name not in without
        }
