-- When officers tried to reach a victim since they last did.

CREATE TABLE contact_try (
    contact_id text PRIMARY KEY,
    victim_id  text NOT NULL,
    how        text NOT NULL,
    at         timestamptz NOT NULL
);
CREATE INDEX contact_try_of_victim ON contact_try (victim_id, at);
