"""Every guard that has a mutation."""

from mutations.guards_audit import AUDIT
from mutations.guards_changes import CHANGES
from mutations.guards_chassis import CHASSIS
from mutations.guards_connections import CONNECTIONS
from mutations.guards_consumer import CONSUMER
from mutations.guards_contracts import CONTRACTS
from mutations.guards_desk import DESK_GUARDS
from mutations.guards_heart import HEART
from mutations.guards_identity import IDENTITY
from mutations.guards_intake import INTAKE
from mutations.guards_interface import INTERFACE
from mutations.guards_journey import JOURNEY
from mutations.guards_lines import LINE_GUARDS
from mutations.guards_news import NEWS
from mutations.guards_pages import PAGES
from mutations.guards_persons import PERSONS
from mutations.guards_relay import RELAY
from mutations.guards_signin import SIGNIN
from mutations.guards_silence import SILENCES
from mutations.guards_simulation import SIMULATED
from mutations.guards_telling import TELLING
from mutations.guards_timers import TIMED

GUARDS = (
    *CHANGES,
    *CHASSIS,
    *CONNECTIONS,
    *CONSUMER,
    *TIMED,
    *CONTRACTS,
    *DESK_GUARDS,
    *HEART,
    *IDENTITY,
    *LINE_GUARDS,
    *INTAKE,
    *JOURNEY,
    *NEWS,
    *PAGES,
    *PERSONS,
    *RELAY,
    *SIGNIN,
    *SILENCES,
    *SIMULATED,
    *TELLING,
    *AUDIT,
    *INTERFACE,
)
