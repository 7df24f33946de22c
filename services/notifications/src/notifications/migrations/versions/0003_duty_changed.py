"""Duties that wait for an officer."""

from importlib.resources import files

from chassis.migrations import run_script

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add whom a duty may reach."""
    run_script((files("notifications.duties") / "sql" / "0003_duty_changed.sql").read_text(encoding="utf-8"))
