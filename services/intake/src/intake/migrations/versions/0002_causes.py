"""Which event answers for what it brought about, and who is one person; of what was said before, as the log has it."""

from importlib.resources import files

from chassis.migrations import run_script

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SCRIPTS = (
    ("identity", "0002_causes"),
    ("identity", "0002_persons"),
    ("identity", "0002_said_before"),
    ("identity", "0002_ties"),
    ("identity", "0002_supports"),
    ("courts", "0002_accused"),
)


def upgrade() -> None:
    """Add the tables, and fill them."""
    for room, script in SCRIPTS:
        run_script((files(f"intake.{room}") / "sql" / f"{script}.sql").read_text(encoding="utf-8"))
