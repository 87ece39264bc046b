"""Run by Alembic, on the connection that `console.database` gives it."""

from alembic import context

from console.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
with context.begin_transaction():
    context.run_migrations()
