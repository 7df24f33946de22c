"""`/victims/{id}/news-seen`: journey says what the victim opened."""

from typing import Annotated

from chassis.http.answers import PERMISSION
from chassis.http.problems import NotFound
from chassis.security.bearer import Bearer
from contracts.ids import UUID_TEXT, VictimId
from contracts.journey import NewsIdText
from contracts.shape import Instant, Shape
from fastapi import APIRouter, Depends

from notifications.access.http_bodies import described, json_body
from notifications.errors import NewsOfSomebodyElse
from notifications.hearing.ledger import Ledger
from notifications.hearing.telling import see_news
from notifications.transaction.ledger import Ledgers

VictimInPath = Annotated[VictimId, UUID_TEXT]


class SeenShape(Shape):
    """The victim opened this item, signed in."""

    news_id: NewsIdText
    seen_at: Instant


def seen_router(ledgers: Ledgers[Ledger], bearer: Bearer) -> APIRouter:
    """`/victims/{id}/news-seen`, for journey's own token."""
    router = APIRouter(dependencies=[Depends(bearer.require_scope("news:seen"))], responses=PERMISSION)

    @router.post(
        "/victims/{victim_id}/news-seen",
        status_code=204,
        summary="The victim opened an item; may be repeated",
        openapi_extra=described(SeenShape),
    )
    async def seen(victim_id: VictimInPath, body: Annotated[SeenShape, Depends(json_body(SeenShape))]) -> None:
        try:
            async with ledgers.begin() as ledger:
                await see_news(ledger, victim_id, news=body.news_id, seen_at=body.seen_at)
        except NewsOfSomebodyElse as error:
            raise NotFound("There is no such item for this victim.") from error

    return router
