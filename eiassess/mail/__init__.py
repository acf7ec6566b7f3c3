"""Mails on their way: how one is built, the conversation with a server, and what comes back. Knows no database."""
