-- Every victim about whom any event came: an officer agrees a promise with nobody else.
CREATE TABLE victim_known (
    victim_id uuid PRIMARY KEY
);

CREATE TABLE access_grant (
    subject   text NOT NULL,
    victim_id uuid NOT NULL,
    PRIMARY KEY (subject, victim_id)
);
