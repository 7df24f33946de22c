-- The log and its head. Appenders lock the head row, so position order is commit order, without gaps.
CREATE TABLE log (
  position bigint PRIMARY KEY,
  recorded_at timestamptz NOT NULL,
  occurred_at timestamptz NOT NULL,
  id text NOT NULL,
  source text NOT NULL,
  type text NOT NULL,
  stream text NOT NULL,
  version bigint,
  key text,
  partition smallint,
  pseq bigint,
  body bytea NOT NULL,
  private bytea,
  digest bytea NOT NULL,
  traceparent text,
  hash bytea NOT NULL,
  CHECK ((key IS NULL) = (partition IS NULL) AND (key IS NULL) = (pseq IS NULL))
);
CREATE UNIQUE INDEX log_source_id ON log (source, id);
CREATE UNIQUE INDEX log_stream_version ON log (stream, version) WHERE version IS NOT NULL;
CREATE UNIQUE INDEX log_partition_pseq ON log (partition, pseq) WHERE partition IS NOT NULL;

CREATE FUNCTION refuse_change() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the log is append-only: % refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON log
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON log FROM PUBLIC;

-- pseqs: last sequence number given per Kafka partition; its length is the topic's partition count, fixed for life.
CREATE TABLE log_head (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  position bigint NOT NULL DEFAULT 0,
  hash bytea NOT NULL DEFAULT decode(repeat('00', 32), 'hex'),
  recorded_at timestamptz NOT NULL DEFAULT 'epoch',
  pseqs bigint[] NOT NULL DEFAULT '{0,0,0,0}',
  epoch bigint NOT NULL DEFAULT 1
) WITH (fillfactor = 10);
INSERT INTO log_head DEFAULT VALUES;

-- Whoever appends moves the head in the same statement, so that head and log cannot disagree, and rings the doorbell,
-- which sounds at commit. Without seqscan: a plan made while the log was empty would be kept by the session.
CREATE FUNCTION move_log_head() RETURNS trigger
LANGUAGE plpgsql SET enable_seqscan TO off AS $$
BEGIN
  UPDATE log_head SET
    (position, hash, recorded_at) = (SELECT position, hash, recorded_at FROM log ORDER BY position DESC LIMIT 1),
    pseqs = ARRAY(
      SELECT coalesce((SELECT max(pseq) FROM log WHERE partition = lane - 1), 0)
      FROM generate_subscripts(pseqs, 1) AS lane ORDER BY lane
    );
  PERFORM pg_notify('log_appended', '');
  RETURN NULL;
END $$;
CREATE TRIGGER log_moves_head AFTER INSERT ON log
FOR EACH STATEMENT EXECUTE FUNCTION move_log_head();
