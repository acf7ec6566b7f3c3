"""The web application: one area for each audience, deny by default."""
