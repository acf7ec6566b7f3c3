"""Background work as rows: asked for within what it is about, held by a lease, tried again, and given up in sight."""
