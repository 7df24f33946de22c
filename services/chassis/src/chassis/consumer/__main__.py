"""`python -m chassis.consumer go-on`: let a partition go on that stopped for a person; see the chassis' README."""

import argparse
import asyncio

from chassis.consumer.going_on import go_on
from chassis.endings import ends_plainly
from chassis.logging import configure_logging, log_the_end
from chassis.settings import DatabaseSettings


def main() -> None:
    """Read the settings of the service whose consumer it is, as JOURNEY_DATABASE_URL, and write the new mark."""
    parser = argparse.ArgumentParser(prog="python -m chassis.consumer", description=__doc__)
    parser.add_argument("command", choices=["go-on"])
    parser.add_argument("consumer", help="whose, as journey")
    parser.add_argument("topic", help="of which topic, as intake.events")
    parser.add_argument("partition", type=int)
    parser.add_argument("--after", type=int, required=True, help="the last number under which both have the same event")
    parser.add_argument("--kafka-offset", type=int, default=0, help="where to read on in Kafka; its start if not named")
    arguments = parser.parse_args()
    configure_logging("consumer")
    with ends_plainly("consumer go-on", unforeseen=log_the_end):
        settings = DatabaseSettings(_env_prefix=f"{arguments.consumer.upper().replace('-', '_')}_")
        asyncio.run(
            go_on(
                settings.database_url.get_secret_value(),
                consumer=arguments.consumer,
                topic=arguments.topic,
                partition=arguments.partition,
                after_pseq=arguments.after,
                kafka_offset=arguments.kafka_offset,
            )
        )


if __name__ == "__main__":
    main()
