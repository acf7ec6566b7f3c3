"""The area of signing in, which its rooms hang their views on."""

from flask import Blueprint

area = Blueprint("auth", __name__)
