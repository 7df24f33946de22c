"""Who answers to a victim by name, for one who would take over."""

from importlib.resources import files

from chassis.migrations import run_script

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column, and fill it from our own log."""
    run_script((files("witness_care.care") / "sql" / "0005_assigned.sql").read_text(encoding="utf-8"))
