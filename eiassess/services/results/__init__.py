"""Scores as their readers see them: recruiters, hiring managers."""
