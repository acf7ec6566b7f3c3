"""Alembic's entrance: runs the steps on the connection that it is given."""

from alembic import context
from sqlmodel import SQLModel

from eiassess.persistence import tables

assert tables.__all__  # noqa: S101 - importing the tables fills the metadata
connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    compare_type=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
