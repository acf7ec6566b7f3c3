"""What somebody who signs in changes of their own account: name and password."""

from eiassess.errors import InvalidInputError
from eiassess.persistence.engine import Database
from eiassess.persistence.tables import UserRecord
from eiassess.services.people.accounts import checked_name, sign_out, words_about
from eiassess.services.people.passwords import fits, hash_password


def change_own_name(database: Database, user_id: str, name: str) -> None:
    """Give one's account another name.

    Raises
    ------
    InvalidInputError
        The name cannot be used.
    """
    name = checked_name(name)
    with database.writing() as db:
        db.get_one(UserRecord, user_id, with_for_update=True).name = name


def change_own_password(database: Database, user_id: str, present: str, new: str) -> str:
    """Give one's account another password and end all its sessions; return what stands for its person from now on.

    Parameters
    ----------
    present
        The password so far: whoever finds a browser open shall not take the account.

    Raises
    ------
    InvalidInputError
        The present password is another one, or the new one cannot be used.
    """
    with database.reading() as db:
        user = db.get_one(UserRecord, user_id)
        before, about = user.password, words_about(user.email, user.name)
    if not fits(present, before):
        message = "This is not your present password"
        raise InvalidInputError(message, "present")
    hashed = hash_password(new, about)
    with database.writing() as db:
        user = db.get_one(UserRecord, user_id, with_for_update=True)
        if user.password != before:
            message = "Your password was changed meanwhile"
            raise InvalidInputError(message, "present")
        user.password = hashed
        sign_out(db, user)
        return user.fs_uniquifier
