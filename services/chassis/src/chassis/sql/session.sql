-- Sessions of people signed in. The cookie holds a random id; only its hash is here, so a copy of this table opens nothing.
CREATE TABLE session (
    id_hash    bytea       PRIMARY KEY CHECK (octet_length(id_hash) = 32),
    subject    text        NOT NULL,
    roles      text[]      NOT NULL,
    created_at timestamptz NOT NULL,
    seen_at    timestamptz NOT NULL,
    -- What the person chose to look at, by its id; the service says what, and checks the right to it at each use.
    choice     text        NOT NULL DEFAULT '',
    -- The issuer's ID token: shown to it again when its own session of this person is to end.
    hint       text        NOT NULL DEFAULT '',
    -- The person's access token, where the service acts for them elsewhere, sealed under the id that the cookie holds.
    access     bytea       NOT NULL DEFAULT ''
);

CREATE INDEX session_by_subject ON session (subject);
CREATE INDEX session_by_age ON session (created_at);
