-- News as it came, written before anything is decided, so that news without a decision can be found.
CREATE TABLE news (
    news_id      uuid PRIMARY KEY,
    victim_id    uuid        NOT NULL,
    case_id      uuid,
    event_id     text        NOT NULL,
    event_source text        NOT NULL,
    event_type   text        NOT NULL,
    tell         text        NOT NULL CHECK (tell IN ('message', 'officer-first', 'nobody')),
    occurred_at  timestamptz NOT NULL,
    recorded_at  timestamptz NOT NULL,
    backfill     boolean     NOT NULL,
    reach        text        NOT NULL CHECK (reach IN ('victim', 'officer')),
    standing     boolean     NOT NULL,
    corrects     uuid,
    retracts     boolean     NOT NULL
);
CREATE INDEX news_of_event ON news (event_source, event_id);
CREATE INDEX news_of_victim ON news (victim_id);

CREATE TABLE decision (
    news_id     uuid PRIMARY KEY REFERENCES news,
    victim_id   uuid        NOT NULL,
    verdict     text        NOT NULL
                CHECK (verdict IN ('tell-now', 'hold-until', 'give-to-officer', 'not-owed', 'withdrawn')),
    why         text,
    until       timestamptz,
    decided_at  timestamptz NOT NULL,
    revision    integer     NOT NULL CHECK (revision > 0),
    message_id  uuid,
    notified_at timestamptz,
    told_at     timestamptz
);
CREATE INDEX decision_owed ON decision (victim_id)
    WHERE told_at IS NULL AND verdict NOT IN ('not-owed', 'withdrawn');
CREATE INDEX decision_of_victim ON decision (victim_id);

CREATE TABLE decision_history (
    news_id     uuid        NOT NULL,
    revision    integer     NOT NULL,
    verdict     text        NOT NULL,
    why         text,
    until       timestamptz,
    message_id  uuid,
    notified_at timestamptz,
    told_at     timestamptz,
    at          timestamptz NOT NULL,
    PRIMARY KEY (news_id, revision)
);
