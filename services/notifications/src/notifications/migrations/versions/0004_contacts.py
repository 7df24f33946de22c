"""Contacts that may be taken back."""

from importlib.resources import files

from chassis.migrations import run_script

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

STEPS = ("tellings/sql/0004_contacts.sql", "duties/sql/0004_met_by_contact.sql")


def upgrade() -> None:
    """Remember them, and what each of them told and met."""
    for step in STEPS:
        room, _, script = step.partition("/")
        run_script((files(f"notifications.{room}") / script).read_text(encoding="utf-8"))
