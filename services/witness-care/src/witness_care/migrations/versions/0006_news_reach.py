"""How far each piece of news may go, so that what waited for an officer's look is known to be looked at."""

from importlib.resources import files

from chassis.migrations import run_script

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column. Of earlier news nobody knows until the next rebuild: what was in doubt counts as in doubt."""
    run_script((files("witness_care.due") / "sql" / "0006_news_reach.sql").read_text(encoding="utf-8"))
