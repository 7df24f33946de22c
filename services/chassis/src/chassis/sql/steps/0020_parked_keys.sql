-- One row for each key that has something parked, with the tries of its first event: so that what is due is found by
-- an index, however much is parked. Of `parked` the columns attempts and next_retry_at are no longer read.
CREATE TABLE parked_key (
    consumer      text        NOT NULL,
    topic         text        NOT NULL,
    key           text        NOT NULL,
    partition     integer     NOT NULL,
    reason        text        NOT NULL,
    attempts      integer     NOT NULL,
    parked_at     timestamptz NOT NULL,
    next_retry_at timestamptz NOT NULL,
    PRIMARY KEY (consumer, topic, key)
);
CREATE INDEX parked_key_due ON parked_key (consumer, topic, next_retry_at);

INSERT INTO parked_key (consumer, topic, key, partition, reason, attempts, parked_at, next_retry_at)
SELECT DISTINCT ON (consumer, topic, key) consumer, topic, key, partition, reason, attempts, parked_at, next_retry_at
FROM parked ORDER BY consumer, topic, key, pseq;
