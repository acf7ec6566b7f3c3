"""What is sat: pinned forms and keys, their versions, what is offered, practice."""
