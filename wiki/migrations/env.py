"""What Alembic runs; it is given a connection whose transaction belongs to `wiki.migrations`."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=context.config.attributes.get("metadata"),
    **context.config.attributes.get("options", {}),
)
with context.begin_transaction():
    context.run_migrations()
