-- outside a transaction
-- Indexes for all kinds together, which the release before needs: without them each timer that it sets reads the table.
DROP INDEX CONCURRENTLY IF EXISTS timer_due;
DROP INDEX CONCURRENTLY IF EXISTS timer_again;
