-- Timers are claimed kind by kind, and one that failed has a next try like one that was put off. The indexes of the
-- release before stay until none of it runs: without them each timer that it sets reads the whole table.
CREATE INDEX timer_first_of_kind ON timer (kind, due_at, key) WHERE not_before IS NULL;
CREATE INDEX timer_again_of_kind ON timer (kind, not_before, key) WHERE not_before IS NOT NULL;
CREATE INDEX timer_failed_of_kind ON timer (kind, failed_at) WHERE failed_at IS NOT NULL;
UPDATE timer SET not_before = now() WHERE failed_at IS NOT NULL;
