"""An analyst's panels of experts: making one, inviting, progress, results, publishing a key."""
