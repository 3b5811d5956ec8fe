"""Where Alembic starts: it works on the connection that `store/migrate.py` gives it."""

from alembic import context

from compassbot.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transaction_per_migration=False,
)
context.run_migrations()
