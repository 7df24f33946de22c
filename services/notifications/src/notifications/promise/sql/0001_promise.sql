-- The promise in force, as last agreed; addresses and code word in it are ciphertext. The stream in the log is the truth.
CREATE TABLE contact_promise (
    victim_id uuid PRIMARY KEY,
    version   integer NOT NULL CHECK (version > 0),
    terms     jsonb   NOT NULL
);

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

CREATE TABLE duty (
    duty_key    uuid PRIMARY KEY,
    victim_id   uuid        NOT NULL,
    news_id     uuid,
    reminder_at timestamptz NOT NULL,
    due_at      timestamptz NOT NULL,
    met         boolean     NOT NULL DEFAULT false
);
CREATE INDEX duty_about_news ON duty (news_id) WHERE NOT met;

CREATE TABLE told (
    victim_id uuid        NOT NULL,
    news_id   uuid        NOT NULL,
    how       text        NOT NULL CHECK (how IN ('seen', 'told-by-officer')),
    at        timestamptz NOT NULL,
    PRIMARY KEY (victim_id, news_id, how)
);

CREATE TABLE last_told (
    victim_id uuid PRIMARY KEY,
    at        timestamptz NOT NULL
);

-- One officer's contact at most for each item of news.
CREATE TABLE officer_contact (
    victim_id  uuid NOT NULL,
    news_id    uuid NOT NULL,
    contact_id uuid NOT NULL,
    PRIMARY KEY (victim_id, news_id)
);

-- Every victim about whom any event came: an officer agrees a promise with nobody else.
CREATE TABLE victim_known (
    victim_id uuid PRIMARY KEY
);

CREATE TABLE access_grant (
    subject   text NOT NULL,
    victim_id uuid NOT NULL,
    PRIMARY KEY (subject, victim_id)
);
