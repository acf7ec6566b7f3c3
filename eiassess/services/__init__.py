"""Use cases: one public function each, in one transaction; web, command line and worker call them."""

from eiassess.persistence.engine import Database

__all__ = ["Database"]
