"""What journey does: project facts, put timelines together, take note of what was seen."""
