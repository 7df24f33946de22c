"""The officer's desk."""

from importlib.resources import files

from chassis.migrations import run_script

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create everything."""
    run_script((files("witness_care.care") / "sql" / "0001_victim.sql").read_text(encoding="utf-8"))
    run_script((files("witness_care.due") / "sql" / "0001_due.sql").read_text(encoding="utf-8"))
