"""By what a duty ended: one that ended by a later event was not told."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; of duties that ended before nobody knows, and nothing waits for them."""
    op.execute("ALTER TABLE duty ADD COLUMN met_by text")
