"""SQLModel, and nowhere else: tables, queries, migrations and the engine."""
