"""Who is one person under several victim ids; `rebuild` computes the journeys of those who were joined before."""

from importlib.resources import files

from chassis.migrations import run_script

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    run_script((files("journey.facts") / "sql" / "0003_persons.sql").read_text(encoding="utf-8"))
