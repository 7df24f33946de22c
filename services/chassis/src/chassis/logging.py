"""Logs as JSON lines on standard output, and nothing personal in them.

A line is a constant sentence and named values. Only the names in `ALLOWED` keep their value; any other is withheld,
because a new name is more likely to carry a person than not. An exception is logged as its kind and the places it
passed: its words may repeat a row or an address.
"""

import logging
import sys
import traceback
from types import TracebackType
from typing import Any

import msgspec
import structlog
from structlog.typing import EventDict, WrappedLogger

_NAMES = """
    action attempt case_id channel_kind check client_id consumer count duty_id epoch error event_id event_type
    from_position group handler hash host kind lag lease level limit line logger method news_id offset outcome
    partition pid port position process pseq purpose relay route scope seconds service signal size source state status
    stream task timer topic to_position trace_id type version victim_id
"""
ALLOWED = frozenset(_NAMES.split())
WITHHELD = "[withheld]"

_LONGEST_VALUE = 200
_ALWAYS = frozenset({"event", "timestamp", "failure", "at"})
_TALKATIVE = ("httpx2", "httpcore2", "aiokafka", "asyncio", "alembic", "uvicorn.error")


def get_logger(name: str) -> structlog.stdlib.BoundLogger:
    """A logger; call it with a constant sentence and values by name."""
    logger: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(name)
    return logger


def configure_logging(service: str, *, level: str = "INFO") -> None:
    """Send our lines and the libraries' to standard output in one form; call once, first thing in the process."""
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _Named(service),
        withhold_failure_words,
        withhold_unknown_names,
    ]
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(serializer=_as_json),
            ],
        )
    )
    logging.basicConfig(handlers=[handler], level=level, force=True)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLevelName(level)))
    sys.excepthook = lambda _, error, __: log_the_end(error)


def withhold_failure_words(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Replace an exception by its kind and the places it passed, innermost last."""
    info = event.pop("exc_info", None)
    error = sys.exc_info()[1] if info is True else info[1] if isinstance(info, tuple) else info
    if isinstance(error, BaseException):
        event["failure"] = type(error).__name__
        event["at"] = places(error.__traceback__)
    event.pop("stack_info", None)
    return event


def withhold_unknown_names(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Keep the values of names on the list, shortened; withhold the others."""
    for name, value in event.items():
        if name.startswith("_") or name in _ALWAYS:
            continue
        if name not in ALLOWED:
            event[name] = WITHHELD
        elif isinstance(value, str) and len(value) > _LONGEST_VALUE:
            event[name] = value[:_LONGEST_VALUE]
    return event


def places(trace: TracebackType | None) -> list[str]:
    """The places a failure passed, as `file:line function`, without source lines."""
    frames = traceback.extract_tb(trace, limit=-12)
    return [f"{frame.filename.rpartition('site-packages/')[2]}:{frame.lineno} {frame.name}" for frame in frames]


class _Named:
    def __init__(self, service: str) -> None:
        self._service = service

    def __call__(self, _: WrappedLogger, __: str, event: EventDict) -> EventDict:
        event["service"] = self._service
        return event


def _as_json(event: EventDict, **_: Any) -> str:
    return msgspec.json.encode(event, enc_hook=lambda value: type(value).__name__).decode()


def log_the_end(error: BaseException) -> None:
    """One critical line for each failure that ends the process: its kind and places, never its words."""
    for leaf in _leaves(error):
        get_logger("process").critical(
            "The process ended by a failure", exc_info=(type(leaf), leaf, leaf.__traceback__)
        )


def _leaves(error: BaseException) -> list[BaseException]:
    if not isinstance(error, BaseExceptionGroup):
        return [error]
    return [leaf for part in error.exceptions for leaf in _leaves(part)]
