"""What is said of news and of duties again, and by which contact news was told."""

from importlib.resources import files

from chassis.migrations import run_script

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what each row holds by."""
    run_script((files("witness_care.due") / "sql" / "0011_said_again.sql").read_text(encoding="utf-8"))
