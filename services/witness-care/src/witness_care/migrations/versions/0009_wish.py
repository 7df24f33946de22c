"""What victims asked for in a report, and what became of it."""

from importlib.resources import files

from chassis.migrations import run_script

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    run_script((files("witness_care.wishes") / "sql" / "0009_wish.sql").read_text(encoding="utf-8"))
