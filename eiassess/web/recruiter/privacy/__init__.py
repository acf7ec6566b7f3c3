"""A candidate's rights, as staff see to them: what is stored, correcting, erasing, and duties to keep records."""
