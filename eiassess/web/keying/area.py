"""The area of panels: its rooms hang their pages on it."""

from flask import Blueprint

area = Blueprint("keying", __name__)
