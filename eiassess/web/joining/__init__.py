"""Following one's invitation to work here: a name, a password, once."""
