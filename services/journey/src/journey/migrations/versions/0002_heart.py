"""Links, merges, contacts and duties as they are looked through by one rule; `rebuild` computes every journey by it."""

from importlib.resources import files

from chassis.migrations import run_script

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SCRIPTS = (("facts", "0002_ties"), ("tellings", "0002_contacts"), ("duties", "0002_subjects"))


def upgrade() -> None:
    """Change the tables. What was announced stays as it is until `python -m journey rebuild` has looked through it."""
    for room, script in SCRIPTS:
        run_script((files(f"journey.{room}") / "sql" / f"{script}.sql").read_text(encoding="utf-8"))
