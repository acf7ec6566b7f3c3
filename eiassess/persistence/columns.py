"""Column types that both databases keep alike."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

SortedText = Text().with_variant(Text(collation="C"), "postgresql")
"""A text that both databases sort alike, whatever language PostgreSQL was set up for."""


class UtcDateTime(TypeDecorator[datetime]):
    """An aware time in UTC; SQLite would hand it back without its zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse times without a zone, store the others in UTC."""
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            message = f"a time without a zone cannot be stored: {value!r}"
            raise ValueError(message)
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ANN401 - SQLAlchemy's signature
        """Give the time back with its zone."""
        del dialect
        if value is None:
            return None
        stored: datetime = value
        return stored.replace(tzinfo=UTC) if stored.tzinfo is None else stored.astimezone(UTC)
