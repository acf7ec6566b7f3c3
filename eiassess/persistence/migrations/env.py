"""Alembic's entrance: runs the steps on the connection that it is given."""

from alembic import context
from sqlmodel import SQLModel

from eiassess.persistence import tables

assert tables.__all__  # noqa: S101 - importing the tables fills the metadata
QUEUE_TABLES = "huey_"  # of a queue of wake-ups that shares the database; a new migration is not to drop them


def _is_ours(_object: object, name: str | None, kind: str, _reflected: bool, _compared: object) -> bool:  # noqa: FBT001 - Alembic's signature
    return kind != "table" or not (name or "").startswith(QUEUE_TABLES)


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    compare_type=True,
    include_object=_is_ours,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
