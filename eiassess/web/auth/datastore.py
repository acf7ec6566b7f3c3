"""Flask-Security's view of our accounts."""

from typing import Any

from flask_security.datastore import UserDatastore

from eiassess.services import Database
from eiassess.services.people.accounts import find_user_record, store_user_record


class AccountDatastore(UserDatastore):
    """Finds and changes accounts, each in a short transaction of its own."""

    def __init__(self, user_model: type, database: Database) -> None:
        super().__init__(user_model, None)  # type: ignore[arg-type]  # roles are a column, not a table
        self._database = database

    def find_user(self, case_insensitive: bool = False, **criteria: Any) -> Any:  # noqa: ANN401, FBT001, FBT002 - Flask-Security's signature
        """Return the account that has a value in one of its columns, or ``None``."""
        del case_insensitive
        return find_user_record(self._database, **criteria)

    def put(self, model: Any) -> Any:  # noqa: ANN401 - Flask-Security's signature
        """Store a changed account."""
        store_user_record(self._database, model)
        return model

    def commit(self) -> None:
        """Do nothing: ``put`` has committed."""
