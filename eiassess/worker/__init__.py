"""Background work: what huey wakes does the same as the services, on rows that hold the truth."""
