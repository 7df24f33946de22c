"""News that was not the victim's: its contact is settled, though nobody was told."""

from importlib.resources import files

from chassis.migrations import run_script

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Say of news whether it was withdrawn; what settles a contact is no longer only telling."""
    run_script((files("witness_care.due") / "sql" / "0007_news_withdrawn.sql").read_text(encoding="utf-8"))
