-- What is due: a read model of what the other services say, rebuilt from their topics at any time.

-- Telling may be heard of before what was told: no order holds across topics. A contact with one victim tells no other.
CREATE TABLE told (
    victim_id text NOT NULL,
    news_id   text NOT NULL,
    at        timestamptz NOT NULL,
    PRIMARY KEY (victim_id, news_id)
);

CREATE TABLE duty (
    duty_key    text PRIMARY KEY,
    victim_id   text NOT NULL,
    duty_id     text NOT NULL,
    news_id     text,
    case_id     text NOT NULL,
    due_at      timestamptz NOT NULL,
    met_at      timestamptz
);
CREATE INDEX duty_open_by_victim ON duty (victim_id, due_at) WHERE met_at IS NULL;

CREATE TABLE officer_contact (
    contact_id text PRIMARY KEY,
    victim_id  text NOT NULL,
    reason     text NOT NULL,
    news_ids   text[] NOT NULL,
    duty_keys  text[] NOT NULL,
    due_by     timestamptz NOT NULL,
    met_at     timestamptz
);
CREATE INDEX officer_contact_open_by_victim ON officer_contact (victim_id, due_by) WHERE met_at IS NULL;
