"""From a list to a decision: what scores may be used for, stages, notes, decisions."""
