"""The tables of each room, the lowest first."""

from importlib.resources import files

from chassis.migrations import run_script

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create everything."""
    for room in ("facts", "tellings", "duties", "access"):
        run_script((files(f"journey.{room}") / "sql" / f"0001_{room}.sql").read_text(encoding="utf-8"))
