"""The one place of "try again": what passes by itself is caught here, and a cancellation never is."""

import asyncio
from collections.abc import Callable
from types import TracebackType
from typing import Self

from chassis.cancellation import cancelled_since_now
from chassis.failures import is_transient


class Attempt:
    """One attempt of a loop that tries again; use with `with`, in the loop.

    An exception that passes by itself ends the block and is kept in `error`; any other goes on. A task that was
    cancelled within the block ends there with CancelledError, whatever came out of the block, and if nothing did.
    """

    def __init__(self, passes: Callable[[Exception], bool] = is_transient) -> None:
        self._passes = passes
        self.error: Exception | None = None

    def __enter__(self) -> Self:
        self._cancelled = cancelled_since_now()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if error is not None and not isinstance(error, Exception):
            return False
        if self._cancelled():
            raise asyncio.CancelledError from error
        if error is None or not self._passes(error):
            return False
        self.error = error
        return True
