"""What makes contact with a victim unsafe, as those who name them said."""

from importlib.resources import files

from chassis.migrations import run_script

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    run_script((files("witness_care.reach") / "sql" / "0008_warning.sql").read_text(encoding="utf-8"))
