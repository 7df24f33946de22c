-- outside a transaction
-- Who unwrapped her key: WHERE subjects @> ARRAY['victim/...'].
DROP INDEX CONCURRENTLY IF EXISTS vault.unwrap_subject;
CREATE INDEX CONCURRENTLY unwrap_subject ON vault.unwrap USING gin (subjects);
