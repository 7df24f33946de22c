"""How a victim may be reached, beside what is due."""

from importlib.resources import files

from chassis.migrations import run_script

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table. The topic is read from where the desk stands: earlier promises come with the next rebuild."""
    run_script((files("witness_care.reach") / "sql" / "0002_promise.sql").read_text(encoding="utf-8"))
