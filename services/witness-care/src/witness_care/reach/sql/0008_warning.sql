-- What makes contact with a victim unsafe, by the event that names them; `body` is that event or what put it right, sealed.

CREATE TABLE safe_contact_warning (
    source    text NOT NULL,
    event_id  text NOT NULL,
    victim_id text NOT NULL,
    said_at   timestamptz NOT NULL,
    body      bytea NOT NULL,
    PRIMARY KEY (source, event_id)
);
CREATE INDEX safe_contact_warning_of_victim ON safe_contact_warning (victim_id);
