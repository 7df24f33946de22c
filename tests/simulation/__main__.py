"""Play seeds: `python -m simulation --from 1 --seeds 10000`. What a seed does is the same each time."""

import argparse
import sys

from chassis.logging import configure_logging

from simulation.play import play


def main() -> int:
    """Play the seeds; returns how many did not hold."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--from", dest="first", type=int, default=1)
    parser.add_argument("--seeds", type=int, default=300)
    parser.add_argument("--tell", action="store_true", help="say what happened in each seed")
    told = parser.parse_args()
    configure_logging("simulation", level="CRITICAL")
    failed = 0
    for seed in range(told.first, told.first + told.seeds):
        outcome = play(seed)
        if outcome.broken is not None or told.tell:
            sys.stdout.write("\n".join((f"seed {seed}", *outcome.happened, repr(outcome.broken), "")))
        failed += outcome.broken is not None
    sys.stdout.write(f"{told.seeds} seeds, {failed} did not hold\n")
    return min(failed, 1)


if __name__ == "__main__":
    if sys.flags.hash_randomization:
        sys.exit("Set PYTHONHASHSEED=0, or sets of texts are walked in another order each time.")
    sys.exit(main())
