"""How many bytes of the log a relay takes at once: half after a time-out, twice as many after each checkpoint."""

from collections.abc import Iterator

from aiokafka.errors import KafkaTimeoutError, RequestTimedOutError

MOST_BYTES = 4 << 20
LEAST_BYTES = 64 << 10

_TIMED_OUT = (TimeoutError, KafkaTimeoutError, RequestTimedOutError)


class Pace:
    """Outlives the sessions of a relay, so that what took too long is not tried again at the same size."""

    def __init__(self) -> None:
        self.bytes = MOST_BYTES

    def succeeded(self) -> None:
        """What was sent is behind a checkpoint."""
        self.bytes = min(MOST_BYTES, 2 * self.bytes)

    def failed(self, error: BaseException) -> None:
        """A session ended; a time-out says that its pages are too large for what is there now."""
        if any(isinstance(one, _TIMED_OUT) for one in _each(error)):
            self.bytes = max(LEAST_BYTES, self.bytes // 2)


def _each(error: BaseException) -> Iterator[BaseException]:
    if isinstance(error, BaseExceptionGroup):
        for inner in error.exceptions:
            yield from _each(inner)
        return
    yield error
