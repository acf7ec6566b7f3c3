"""Links that show released candidates to people who sign in, and what hiring managers saw already."""
