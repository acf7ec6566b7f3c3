"""Panels of experts who key a form, from the first link to the published key."""
