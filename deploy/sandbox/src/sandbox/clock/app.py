"""`GET /clock` tells the business time, `POST /clock/advance` moves it forward."""

from datetime import datetime, timedelta

from chassis.http.app import create_app
from chassis.http.problems import Conflict
from fastapi import APIRouter, FastAPI
from pydantic import AwareDatetime, BaseModel, ConfigDict, model_validator

from sandbox.clock.moving import BusinessClock, ClockOnlyMovesForward


class Advance(BaseModel):
    """Either a moment or a step, in ISO 8601: `{"to": "2026-11-30T09:00:00Z"}` or `{"by": "P1DT2H"}`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    to: AwareDatetime | None = None
    by: timedelta | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> "Advance":
        if (self.to is None) == (self.by is None):
            raise ValueError("say either `to` or `by`")
        return self


class Now(BaseModel):
    """The business time of every database."""

    now: datetime


def clock_app(clock: BusinessClock) -> FastAPI:
    router = APIRouter()

    @router.get("/clock")
    async def tell() -> Now:
        return Now(now=await clock.now())

    @router.post("/clock/advance")
    async def advance(wanted: Advance) -> Now:
        try:
            if wanted.to is not None:
                return Now(now=await clock.advance_to(wanted.to))
            return Now(now=await clock.advance_by(wanted.by or timedelta(0)))
        except ClockOnlyMovesForward as error:
            raise Conflict("The clock only moves forward; read /clock and ask for a later moment.") from error

    async def every_database_answers() -> str:
        await clock.now()
        return "answers"

    return create_app("Sandbox clock", routers=[router], readiness={"databases": every_database_answers}, https=False)
