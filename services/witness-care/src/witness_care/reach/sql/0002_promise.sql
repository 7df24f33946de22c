-- What was agreed with each victim about being reached: kinds of channel and hours, no address.

CREATE TABLE promise (
    victim_id text PRIMARY KEY,
    version   integer NOT NULL,
    agreed    jsonb NOT NULL
);
