"""asyncio's TaskGroup, which leaves the task that holds it as it found it."""

import asyncio
import sys
from types import TracebackType

_FORGETS = sys.version_info < (3, 13)


class TaskGroup(asyncio.TaskGroup):  # noqa: TID251 the one place
    """When a child fails, the group cancels the task that holds it, and takes that back as it ends.

    Before Python 3.13 it forgets to where that task only waited for the children: to everybody who asks later, as
    `chassis.retrying` does, the task looks as if it had been cancelled. So only this one is used here.
    """

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        took_back = self._cancelled_its_holder()
        try:
            await super().__aexit__(kind, error, trace)
        finally:
            holder = asyncio.current_task()
            if _FORGETS and holder and self._cancelled_its_holder() and not took_back:
                holder.uncancel()

    def _cancelled_its_holder(self) -> bool:
        return bool(getattr(self, "_parent_cancel_requested", False))
