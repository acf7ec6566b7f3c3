"""A job to fill: openings, invitations, reports that were released."""
