"""A new installation has nobody in it."""

from eiassess.persistence.engine import Database
from tests.hiring_story import rows, tables


def test_nobody_can_sign_in_to_begin_with(database: Database) -> None:
    """No account of ours, no link, no session: in every table that migrations made is nothing but their own mark."""
    assert "user_account" in tables(database)
    assert [name for name in tables(database) if rows(database, name)] == ["alembic_version"]
