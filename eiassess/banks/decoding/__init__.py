"""Tables, from TOML files or from pinned JSON, to domain objects: one way for both."""
