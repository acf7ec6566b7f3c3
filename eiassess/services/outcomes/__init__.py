"""How people work who were hired: who is asked, what was said, and what scores foretold of it."""
