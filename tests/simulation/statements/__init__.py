"""What the chassis asks PostgreSQL, each statement as a function over tables; a new one is added here."""

from simulation.statements.consumer import CONSUMER
from simulation.statements.effects import EFFECTS
from simulation.statements.leases import LEASES
from simulation.statements.log import LOG
from simulation.statements.parking import PARKING
from simulation.statements.relay import RELAY
from simulation.statements.timers import TIMERS

STATEMENTS = LEASES | LOG | RELAY | CONSUMER | PARKING | TIMERS | EFFECTS
