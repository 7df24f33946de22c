-- Each victim of whom the desk has heard, and who answers to them.

CREATE TABLE victim (
    victim_id       text PRIMARY KEY,
    identified      bytea,            -- the event that names her, as recorded: its personal fields are sealed
    contact_officer text,
    contact_since   timestamptz
);
CREATE INDEX victim_by_officer ON victim (contact_officer);
