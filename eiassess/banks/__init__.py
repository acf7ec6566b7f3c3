"""Question banks: TOML files to domain objects, and canonical JSON with digests to pin."""
