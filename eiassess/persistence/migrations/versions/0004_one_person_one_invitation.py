"""One candidate for each address in an opening.

Revision ID: 0004
Revises: 0003
"""

import unicodedata

import idna
import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

INDEX = "uq_candidate_email_key"
CANDIDATE = sa.table("candidate", *map(sa.column, ("id", "opening_id", "email", "number", "email_key")))


def upgrade() -> None:
    """Give each candidate what their address has in common with its other spellings, and let it be there once."""
    op.add_column("candidate", sa.Column("email_key", sa.String(length=254), nullable=True))
    _fill()
    op.create_index(INDEX, "candidate", ["opening_id", "email_key"], unique=True)


def _fill() -> None:
    """Fill the keys; of those invited twice before that was refused, the last has it and the others have none."""
    query = sa.select(CANDIDATE.c.id, CANDIDATE.c.opening_id, CANDIDATE.c.email).order_by(CANDIDATE.c.number)
    last = {(opening, _key(email)): each for each, opening, email in op.get_bind().execute(query)}
    for (_, key), each in last.items():
        op.execute(sa.update(CANDIDATE).where(CANDIDATE.c.id == each).values(email_key=key))


def _key(email: str) -> str:
    """Return the key as it is made today; what the program makes later is no matter for these rows."""
    local, _, domain = unicodedata.normalize("NFKC", email.strip()).rpartition("@")
    try:
        return f"{local.casefold()}@{idna.encode(domain, uts46=True, std3_rules=True).decode('ascii')}"[:254]
    except UnicodeError:
        return f"{local.casefold()}@{domain.casefold()}"[:254]


def downgrade() -> None:
    """Take the keys away; nobody is lost."""
    op.drop_index(INDEX, "candidate")
    op.drop_column("candidate", "email_key")
