"""Durable timers in PostgreSQL."""

from datetime import datetime

from chassis.database import Connection
from chassis.timers import Timer, cancel_timer, set_timer

from notifications.transaction.ledger import Alarm


class PostgresAlarms:
    """Durable timers of the transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def set(self, alarm: Alarm, key: str, due_at: datetime) -> None:
        await set_timer(self._connection, Timer(alarm.value, key, due_at))

    async def cancel(self, alarm: Alarm, key: str) -> None:
        await cancel_timer(self._connection, kind=alarm.value, key=key)
