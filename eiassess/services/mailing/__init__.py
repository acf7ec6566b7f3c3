"""Mails at the moment that they are shown or sent: made from what holds then, handed over once, and followed up."""
