"""Alembic's entry: runs the steps on the connection that `migrate` hands over, inside its transaction."""

from alembic import context

from cbs_desktop.store.schema import Base

context.configure(
    connection=context.config.attributes["connection"], target_metadata=Base.metadata
)
context.run_migrations()
