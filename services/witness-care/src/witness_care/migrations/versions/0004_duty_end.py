"""By what a duty ended: one that ended by a later event was not told."""

from importlib.resources import files

from chassis.migrations import run_script

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; of duties that ended before nobody knows, and nothing waits for them."""
    run_script((files("witness_care.due") / "sql" / "0004_duty_end.sql").read_text(encoding="utf-8"))
