"""The hiring manager's area."""

from flask import Blueprint

area = Blueprint("manager", __name__)
