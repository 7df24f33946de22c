"""From `POST /events` to the timeline, beside a bare pipeline: latency at 2,000 events a second, and the most."""

import statistics
from collections.abc import Sequence

from bench.clean_database import checkpoint
from bench.floors import Row, rate_row
from bench.kafka_topics import make_topics
from bench.pipeline import Latency, Pipeline, paced, percentile, sustained
from bench.pipeline_bare import open_bare_pipeline
from bench.pipeline_ours import open_our_pipeline
from bench.services import open_services
from bench.stage import Bench

TOPICS = ("intake.events", "notifications.events", "witness-care.events")


async def rows(bench: Bench) -> list[Row]:
    """Row 5 of the table."""
    bootstrap, scale = bench.kafka.bootstrap, bench.scale
    await make_topics(bootstrap, *TOPICS)
    async with (
        open_services(bench.postgres, bench.kafka, logs=bench.logs) as services,
        open_our_pipeline(services) as ours,
        open_bare_pipeline(bench.databases, bootstrap, logs=bench.logs) as bare,
    ):
        pipelines: list[Pipeline] = [bare, ours]
        latencies: dict[str, list[Latency]] = {one.name: [] for one in pipelines}
        rates: dict[str, list[float]] = {one.name: [] for one in pipelines}
        for number in range(scale.repeats + 1):
            for one in pipelines:
                await checkpoint(bench.postgres.dsn())
                latency = await paced(one, seconds=scale.paced_seconds)
                rate = await sustained(one, count=scale.piped)
                _say(one.name, latency, rate)
                if number:
                    latencies[one.name].append(latency)
                    rates[one.name].append(rate)
    mine, its = latencies[ours.name], latencies[bare.name]
    return [
        _latency_row("accepted to visible", [one.accepted for one in mine], [one.accepted for one in its], bound=3.0),
        _latency_row("due to be sent to visible", [one.sent for one in mine], [one.sent for one in its], bound=None),
        rate_row("sustained over HTTP / bare", ours=rates[ours.name], rival=rates[bare.name], floor=0.2),
    ]


def _latency_row(
    what: str, ours: Sequence[Sequence[float]], bare: Sequence[Sequence[float]], *, bound: float | None
) -> Row:
    p50, p99 = (_of_rounds(ours, of_hundred) for of_hundred in (50, 99))
    its_p50, its_p99 = (_of_rounds(bare, of_hundred) for of_hundred in (50, 99))
    detail = f"p50 {p50:.1f} of {its_p50:.1f} ms; p99 {p99:.1f} of {its_p99:.1f} ms"
    return Row(f"{what} at 2,000/s, p50: ours / bare", p50 / its_p50, bound, detail, at_most=True)


def _of_rounds(rounds: Sequence[Sequence[float]], of_hundred: int) -> float:
    return statistics.median([percentile(values, of_hundred) for values in rounds])


def _say(name: str, latency: Latency, rate: float) -> None:
    accepted, sent = (f"{percentile(v, 50):.1f}/{percentile(v, 99):.1f}" for v in (latency.accepted, latency.sent))
    print(f"    {name:<58} {rate:>10,.0f} /s, ms p50/p99: {accepted} accepted, {sent} sent to visible", flush=True)
