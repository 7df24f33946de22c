"""The one way an HTTP application is made."""

from collections.abc import Mapping, Sequence

from fastapi import APIRouter, FastAPI, Response
from fastapi.telemetry import TelemetryConfig
from prometheus_client import CollectorRegistry

from chassis.http.document import DOCUMENT_PATH, Application
from chassis.http.failures import UnexpectedFailures
from chassis.http.headers import SecurityHeaders
from chassis.http.leaving import NEUTRAL_PAGE, leave_for
from chassis.http.limits import BodyLimit, CrowdLimit
from chassis.http.metrics import RequestNumbers, metrics_router, process_registry
from chassis.http.plain import EXIT_PATH, ICON, ICON_PATH, SCRIPT, SCRIPT_PATH, STYLE, STYLE_PATH
from chassis.http.problem_pages import Explained, problem_pages
from chassis.http.problems import PROBLEMS_PATH
from chassis.http.readiness import Readiness, Watch, health_router
from chassis.http.rendering import ProblemFor, add_renderers
from chassis.telemetry import RequestSpans

BODY_LIMIT_BYTES = 1_000_000
HEALTH_PATHS = ("/healthz", "/readyz", "/progress", "/metrics")
PUBLIC_PATHS = (
    *HEALTH_PATHS,
    DOCUMENT_PATH,
    PROBLEMS_PATH,
    f"{PROBLEMS_PATH}/{{slug}}",
    STYLE_PATH,
    ICON_PATH,
    SCRIPT_PATH,
    EXIT_PATH,
)

# FastAPI's own spans are several to a request and carry addresses; `RequestSpans` is one, without.
_NO_TELEMETRY_OF_ITS_OWN: TelemetryConfig = {"tracing": False, "metrics": False, "logs": False}


def create_app(
    title: str,
    *,
    routers: Sequence[APIRouter],
    readiness: Readiness,
    progress: Readiness | None = None,
    problem_for: Mapping[type[Exception], ProblemFor] | None = None,
    explained: Explained | None = None,
    body_limit: int = BODY_LIMIT_BYTES,
    larger_bodies: Mapping[str, int] | None = None,
    https: bool = True,
    registry: CollectorRegistry | None = None,
    forms_lead_to: Sequence[str] = (),
) -> FastAPI:
    """An application with health, metrics, problem details, limits and headers.

    `readiness` is what requests need, `progress` what calls a person. `problem_for` maps a service's own errors to
    problems, and `explained` says so on the pages of those; `https=False` only where the public address is plain http;
    `forms_lead_to` are other origins to which a form's answer may lead on; `larger_bodies` has the limits of addresses
    that begin so and take more than `body_limit`.
    Its documentation is `/openapi.json` alone: FastAPI's pages load scripts from another site.
    """
    registry = registry or process_registry()
    app = Application(
        title=title,
        version="1",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        openapi_url=DOCUMENT_PATH,
        telemetry=_NO_TELEMETRY_OF_ITS_OWN,
    )
    add_renderers(app, problem_for or {})
    # Routes are tried in turn, so a service names first what is asked most.
    for router in routers:
        app.include_router(router)
    known = len(app.router.routes)
    watch = Watch(progress or {}, registry=registry)
    for router in (health_router(readiness, watch), metrics_router(registry, look=watch.look)):
        app.include_router(router)
    app.state.apart = app.router.routes[known:]
    app.include_router(problem_pages(explained or {}))
    app.include_router(_plain_router())
    # The last added is the outermost.
    app.add_middleware(CrowdLimit)
    app.add_middleware(UnexpectedFailures)
    app.add_middleware(BodyLimit, most_bytes=body_limit, larger=larger_bodies)
    app.add_middleware(RequestSpans)
    app.add_middleware(RequestNumbers, registry=registry)
    app.add_middleware(SecurityHeaders, https=https, forms_lead_to=forms_lead_to)
    return app


def health_of(app: FastAPI) -> FastAPI:
    """Take health and numbers off the application: the one that answers for them alone, on a port of their own."""
    apart = app.state.apart
    app.router.routes[:] = [route for route in app.router.routes if route not in apart]
    own = FastAPI(title=f"{app.title}: health", docs_url=None, redoc_url=None, openapi_url=None)
    own.router.routes.extend(apart)
    own.add_middleware(SecurityHeaders, https=False)
    return own


def _plain_router() -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.get(STYLE_PATH)
    async def style() -> Response:
        return Response(STYLE, media_type="text/css", headers={"Cache-Control": "max-age=300"})

    @router.get(SCRIPT_PATH)
    async def script() -> Response:
        return Response(SCRIPT, media_type="text/javascript", headers={"Cache-Control": "max-age=300"})

    @router.get(EXIT_PATH)
    async def leave() -> Response:
        """Where nobody signs in; a sign-in has its own, which ends the session too."""
        return leave_for(NEUTRAL_PAGE)

    @router.get(ICON_PATH)
    async def icon() -> Response:
        return Response(ICON, media_type="image/svg+xml", headers={"Cache-Control": "max-age=300"})

    return router
