"""The chassis' tables, then those of notifications."""

from pathlib import Path

from chassis.migrations import apply_chassis_sql, run_script

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SCRIPT = Path(__file__).parents[2] / "promise" / "sql" / "0001_promise.sql"


def upgrade() -> None:
    """Create everything."""
    apply_chassis_sql()
    run_script(SCRIPT.read_text(encoding="utf-8"))
