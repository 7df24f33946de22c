"""News that is said again, and contacts that put right what was told."""

from importlib.resources import files

from chassis.migrations import run_script

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

STEPS = ("decisions/sql/0002_said_again.sql", "officer_contacts/sql/0002_put_right.sql")


def upgrade() -> None:
    """Add what is remembered of them."""
    for step in STEPS:
        room, _, script = step.partition("/")
        run_script((files(f"notifications.{room}") / script).read_text(encoding="utf-8"))
