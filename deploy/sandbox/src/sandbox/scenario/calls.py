"""Calling the services as people and as systems."""

from enum import StrEnum

import httpx2

from sandbox.world import World


class Service(StrEnum):
    """The services, as their tokens' audiences name them."""

    INTAKE = "intake"
    JOURNEY = "journey"
    NOTIFICATIONS = "notifications"
    WITNESS_CARE = "witness-care"


class Unexpected(Exception):
    """A service answered otherwise than it must; the message names the call and says what the answer said."""


async def as_person(
    world: World,
    persona: str,
    service: Service,
    method: str,
    path: str,
    *,
    body: object = None,
    headers: dict[str, str] | None = None,
) -> httpx2.Response:
    """One request with the token of a persona; every answer is returned."""
    token = await world.as_person(persona, audience=f"throughline-{service}")
    return await world.http.request(method, address(world, service) + path, json=body, headers=token | (headers or {}))


async def as_system(
    world: World, client: str, service: Service, method: str, path: str, *, content: bytes, content_type: str
) -> httpx2.Response:
    """One request with a system's own token; every answer is returned."""
    token = await world.as_system(client, audience=f"throughline-{service}")
    headers = token | {"Content-Type": content_type}
    return await world.http.request(method, address(world, service) + path, content=content, headers=headers)


def expect(answer: httpx2.Response, *statuses: int) -> httpx2.Response:
    """The answer, if it has one of these statuses; without any, if it is a success. Raises Unexpected."""
    if answer.status_code in statuses or (not statuses and answer.is_success):
        return answer
    request = answer.request
    wanted = " or ".join(map(str, statuses)) or "a success"
    raise Unexpected(
        f"{request.method} {request.url.path} answered {answer.status_code}, not {wanted}: {answer.text[:500]}"
    )


def address(world: World, service: Service) -> str:
    """The base address of a service."""
    known = world.addresses
    match service:
        case Service.INTAKE:
            return known.intake
        case Service.JOURNEY:
            return known.journey
        case Service.NOTIFICATIONS:
            return known.notifications
        case Service.WITNESS_CARE:
            return known.witness_care
