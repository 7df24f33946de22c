"""When officers tried to reach a victim since they last did."""

from importlib.resources import files

from chassis.migrations import run_script

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    run_script((files("witness_care.due") / "sql" / "0010_contact_try.sql").read_text(encoding="utf-8"))
