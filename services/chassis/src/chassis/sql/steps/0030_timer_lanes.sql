-- outside a transaction
-- Timers are claimed kind by kind, and one that failed has a next try like one that was put off. An index that was
-- broken off while it was made is there and not valid, so each is made anew.
DROP INDEX CONCURRENTLY IF EXISTS timer_first_of_kind;
CREATE INDEX CONCURRENTLY timer_first_of_kind ON timer (kind, due_at, key) WHERE not_before IS NULL;
DROP INDEX CONCURRENTLY IF EXISTS timer_again_of_kind;
CREATE INDEX CONCURRENTLY timer_again_of_kind ON timer (kind, not_before, key) WHERE not_before IS NOT NULL;
DROP INDEX CONCURRENTLY IF EXISTS timer_failed_of_kind;
CREATE INDEX CONCURRENTLY timer_failed_of_kind ON timer (kind, failed_at) WHERE failed_at IS NOT NULL;
UPDATE timer SET not_before = now() WHERE failed_at IS NOT NULL AND not_before IS NULL;
