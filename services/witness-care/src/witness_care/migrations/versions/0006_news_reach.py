"""How far each piece of news may go, so that what waited for an officer's look is known to be looked at."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column. Of earlier news nobody knows until the next rebuild: what was in doubt counts as in doubt."""
    op.execute("ALTER TABLE news ADD COLUMN reach text")
