"""The tables of each room."""

from importlib.resources import files

from chassis.migrations import run_script

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ROOMS = ("promise", "decisions", "messages", "duties", "tellings", "officer_contacts", "access")


def upgrade() -> None:
    """Create everything."""
    for room in ROOMS:
        run_script((files(f"notifications.{room}") / "sql" / f"0001_{room}.sql").read_text(encoding="utf-8"))
