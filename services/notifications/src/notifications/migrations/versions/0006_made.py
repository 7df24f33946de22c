"""Contacts asked of officers, and what ended them."""

from importlib.resources import files

from chassis.migrations import run_script

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Remember it, so that it may be undone."""
    run_script((files("notifications.officer_contacts") / "sql" / "0006_made.sql").read_text(encoding="utf-8"))
