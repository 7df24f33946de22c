"""JSON bodies read as JSON: our shapes are strict, and a strict model reads enums and tuples from JSON text only."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from chassis.http.answers import COMPONENTS
from chassis.http.validation import invalid_content
from contracts.shape import Shape
from fastapi import Request
from pydantic import ValidationError

Body = TypeVar("Body", bound=Shape)


def json_body(model: type[Body]) -> Callable[[Request], Awaitable[Body]]:
    """FastAPI dependency: the body as `model`. Raises `InvalidContent`, which names places and repeats nothing."""

    async def read(request: Request) -> Body:
        try:
            return model.model_validate_json(await request.body())
        except ValidationError as error:
            raise invalid_content(error) from None

    return read


def described(model: type[Shape]) -> dict[str, Any]:
    """The body's place in the API's description, which FastAPI can't see behind a dependency."""
    schema = model.model_json_schema(ref_template=COMPONENTS + "{model}")
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}
