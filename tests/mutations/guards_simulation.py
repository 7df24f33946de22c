"""Guards that the simulation holds: what goes wrong only when faults meet."""

from mutations.mutation import Mutation

SEEDS = "tests/simulation/test_seeds.py::test_a_seed_holds"

SIMULATED = (
    Mutation(
        guard="what was parked and is applied leaves the park",
        file="services/chassis/src/chassis/consumer/retrying.py",
        changes=(("done = [event.pseq for event in events if event.pseq not in stuck]", "done: list[int] = []"),),
        test=SEEDS,
        because="not every event was applied just once",
    ),
    Mutation(
        guard="an event of a key that is parked waits behind it",
        file="services/chassis/src/chassis/consumer/settlement.py",
        changes=(("            if self.parked:\n", "            if False:\n"),),
        test=SEEDS,
        because="was applied after a later event",
    ),
    Mutation(
        guard="a timer fires only for whoever takes it",
        file="services/chassis/src/chassis/timers/firing.py",
        changes=(
            (
                "            if taken:\n                await self._handler.fire(connection, taken)\n",
                "            await self._handler.fire(connection, timers)\n",
            ),
        ),
        test=SEEDS,
        because="fired . times",
    ),
    Mutation(
        guard="a batch is looked for before it is written again",
        file="services/chassis/src/chassis/log/flight.py",
        changes=(("self._once(load, written, self._looking)", "self._once(load, written, self._hopeful)"),),
        test=SEEDS,
        because="after the last fault",
    ),
)
