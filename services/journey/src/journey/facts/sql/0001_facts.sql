-- Every consumed event once, as it came: `body` is the CloudEvent, personal fields sealed.
-- topic: 1 intake.events, 2 notifications.events, 3 witness-care.events; position: the place in its owner's log.
-- defendants, offences: NULL where none is named, as in most facts; an empty array would cost 24 bytes to say so.
CREATE TABLE fact (
    topic smallint NOT NULL,
    position bigint NOT NULL,
    source text NOT NULL,
    id text NOT NULL,
    type text NOT NULL,
    case_id uuid,
    victim_id uuid,
    defendants text[],
    offences text[],
    thread text,
    original_source text,
    original_id text,
    occurred_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    backfill boolean NOT NULL,
    doubt text,
    body bytea NOT NULL,
    PRIMARY KEY (topic, position)
);
CREATE UNIQUE INDEX fact_once ON fact (source, id);
CREATE INDEX fact_of_victim ON fact (victim_id) WHERE victim_id IS NOT NULL;
CREATE INDEX fact_of_case ON fact (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX fact_correcting ON fact (original_source, original_id) WHERE original_id IS NOT NULL;

-- A merge moves every case of one root to another; recorded ids are never rewritten.
CREATE TABLE case_root (
    case_id uuid PRIMARY KEY,
    root_id uuid NOT NULL,
    merged_position bigint NOT NULL DEFAULT 0,
    merged_at timestamptz NOT NULL DEFAULT 'epoch'
);
CREATE INDEX case_root_members ON case_root (root_id);

CREATE TABLE victim_link (
    link_id text PRIMARY KEY,
    victim_id uuid NOT NULL,
    case_id uuid NOT NULL,
    defendants text[] NOT NULL,
    offences text[] NOT NULL,
    linked_at timestamptz NOT NULL,
    position bigint NOT NULL,
    revoked_at timestamptz
);
CREATE INDEX victim_link_of_case ON victim_link (case_id);

-- What the links and merges amount to now, one row per victim and matter; recomputed when one of them changes.
CREATE TABLE membership (
    root_id uuid NOT NULL,
    victim_id uuid NOT NULL,
    defendants text[] NOT NULL,
    offences text[] NOT NULL,
    active boolean NOT NULL,
    since_position bigint NOT NULL,
    since_at timestamptz NOT NULL,
    PRIMARY KEY (root_id, victim_id)
);
CREATE INDEX membership_of_victim ON membership (victim_id);

CREATE TABLE doubt_cleared (
    source text NOT NULL,
    id text NOT NULL,
    cleared_at timestamptz NOT NULL,
    PRIMARY KEY (source, id)
);

-- One row per fact and victim whom it concerns; the id is a UUIDv5 of both.
CREATE TABLE news (
    news_id uuid PRIMARY KEY,
    victim_id uuid NOT NULL,
    source text NOT NULL,
    id text NOT NULL,
    reach text NOT NULL CHECK (reach IN ('victim', 'officer')),
    standing boolean NOT NULL,
    arrived_at timestamptz NOT NULL,
    withdrawn_at timestamptz
);
CREATE UNIQUE INDEX news_once ON news (victim_id, source, id);
CREATE INDEX news_of_fact ON news (source, id);

CREATE TABLE freshness (
    source text PRIMARY KEY,
    publisher text NOT NULL,
    last_recorded_at timestamptz NOT NULL
);

-- Which warnings of what makes contact unsafe stand for a victim by what is known now: digests of their sealed texts.
CREATE TABLE contact_warning (
    victim_id uuid NOT NULL,
    digest text NOT NULL,
    PRIMARY KEY (victim_id, digest)
);

-- Every victim whom a fact has named: each is announced once.
CREATE TABLE victim_heard_of (
    victim_id uuid PRIMARY KEY
);
