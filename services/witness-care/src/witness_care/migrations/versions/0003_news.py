"""What there is to tell, beside that something is."""

from importlib.resources import files

from chassis.migrations import run_script

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table. Earlier news comes with the next rebuild; until then it is shown as an update."""
    run_script((files("witness_care.due") / "sql" / "0003_news.sql").read_text(encoding="utf-8"))
