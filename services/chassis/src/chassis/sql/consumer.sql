-- How far each consumer is, per partition. The row moves only for the holder of the epoch, and only from the
-- number that the holder believes: a zombie, or a repeat of a batch, updates no row.
CREATE TABLE consumer_offset (
    consumer      text        NOT NULL,
    topic         text        NOT NULL,
    partition     integer     NOT NULL,
    pseq          bigint      NOT NULL DEFAULT 0,
    position      bigint      NOT NULL DEFAULT 0,
    kafka_offset  bigint      NOT NULL DEFAULT 0,
    epoch         bigint      NOT NULL,
    progressed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (consumer, topic, partition)
) WITH (fillfactor = 50);

-- Events that failed for good, and every later one of the same key, in order. Bodies stay sealed as they came.
-- next_retry_at is never null: nothing can be parked and forgotten.
CREATE TABLE parked (
    consumer      text        NOT NULL,
    topic         text        NOT NULL,
    partition     integer     NOT NULL,
    pseq          bigint      NOT NULL,
    position      bigint      NOT NULL,
    key           text        NOT NULL,
    recorded_at   timestamptz NOT NULL,
    traceparent   text,
    body          bytea       NOT NULL,
    reason        text        NOT NULL,
    attempts      integer     NOT NULL DEFAULT 0,
    parked_at     timestamptz NOT NULL DEFAULT now(),
    next_retry_at timestamptz NOT NULL,
    PRIMARY KEY (consumer, topic, partition, pseq)
);
CREATE INDEX parked_by_key ON parked (consumer, topic, key, pseq);
