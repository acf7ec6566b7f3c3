"""Mails: asked for within what they are about, worded for each opening, shown, sent and followed up."""
