"""The chassis' tables, then those of each room, the lowest first."""

from importlib.resources import files

from chassis.migrations import apply_chassis_sql, run_script

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create everything."""
    apply_chassis_sql()
    for room in ("identity", "recording", "documents", "courts", "prisons"):
        run_script((files(f"intake.{room}") / "sql" / f"0001_{room}.sql").read_text(encoding="utf-8"))
