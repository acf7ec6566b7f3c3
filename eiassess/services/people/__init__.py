"""Who signs in: accounts, their browser sessions, and limits on guessing."""
