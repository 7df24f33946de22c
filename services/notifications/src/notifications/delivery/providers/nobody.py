"""Stands for a channel that this deployment has no provider for."""

from notifications.delivery.provider import CannotTell, Delivery, FindOutcome, Outgoing, Refused, SendOutcome


class Nobody:
    """Refuses everything, so that an officer is asked instead."""

    async def send(self, outgoing: Outgoing) -> SendOutcome:  # noqa: ARG002 the port's shape
        return Refused()

    async def find(self, reference: str) -> FindOutcome:  # noqa: ARG002
        return CannotTell()

    async def delivery(self, provider_id: str) -> Delivery:  # noqa: ARG002
        return Delivery.UNKNOWN
