"""The steps of the schema, one file each, run by Alembic inside one transaction."""
