-- A lease is in real time: it ends while a crashed process is away, whatever the business clock does.
CREATE TABLE message (
    message_id      uuid PRIMARY KEY,
    reference       text        NOT NULL UNIQUE,
    victim_id       uuid        NOT NULL,
    channel         text        NOT NULL,
    kind            text        NOT NULL CHECK (kind IN ('news', 'nothing-changed')),
    news_ids        uuid[]      NOT NULL,
    promise_version integer     NOT NULL,
    state           text        NOT NULL
                    CHECK (state IN ('claimed', 'handed', 'sent', 'delivered', 'failed', 'unknown', 'withdrawn')),
    claimed_at      timestamptz NOT NULL,
    attempts        integer     NOT NULL,
    asked           integer     NOT NULL,
    provider_id     text,
    sent_at         timestamptz,
    failure         text,
    due             boolean     NOT NULL DEFAULT true,
    lease_token     text,
    lease_until     timestamptz
);
CREATE INDEX message_due ON message (claimed_at) WHERE due OR lease_until IS NOT NULL;
