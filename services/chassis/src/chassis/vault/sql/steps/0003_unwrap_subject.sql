-- outside a transaction
-- Who unwrapped her key: WHERE subjects @> ARRAY['victim/...']. What is new goes into the index in small pieces (kB), so
-- that no batch waits while a large one does.
DROP INDEX CONCURRENTLY IF EXISTS vault.unwrap_subject;
CREATE INDEX CONCURRENTLY unwrap_subject ON vault.unwrap USING gin (subjects) WITH (gin_pending_list_limit = 256);
