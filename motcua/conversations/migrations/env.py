"""Run by Alembic, on the connection that `motcua.conversations.migrating` gives it."""

from alembic import context

from motcua.conversations.schema import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
with context.begin_transaction():
    context.run_migrations()
