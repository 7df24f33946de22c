"""News that goes on under another id of the same person."""

from importlib.resources import files

from chassis.migrations import run_script

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns."""
    run_script((files("notifications.decisions") / "sql" / "0007_persons.sql").read_text(encoding="utf-8"))
