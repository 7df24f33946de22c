-- How far the relay's topic is acknowledged by Kafka; pseqs per partition as in log_head.
CREATE TABLE relay_checkpoint (
  topic text PRIMARY KEY,
  position bigint NOT NULL DEFAULT 0,
  pseqs bigint[] NOT NULL,
  epoch bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 10);
