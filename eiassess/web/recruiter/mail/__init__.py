"""An opening's mails: the outbox, one mail as its person would get it, and the wording."""
