"""Voluntary questions after handing in: whether an opening asks them, and which. No answer is seen here."""
