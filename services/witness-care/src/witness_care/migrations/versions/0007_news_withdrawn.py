"""News that was not the victim's: its contact is settled, though nobody was told."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Say of news whether it was withdrawn; what settles a contact is no longer only telling."""
    op.execute("ALTER TABLE news ADD COLUMN withdrawn boolean NOT NULL DEFAULT false")
    op.execute("ALTER TABLE told RENAME TO settled")
