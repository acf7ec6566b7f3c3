"""The recruiter's area: every room hangs its pages on it."""

from flask import Blueprint

area = Blueprint("recruiter", __name__)
