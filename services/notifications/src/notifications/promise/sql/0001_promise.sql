-- The promise in force, as last agreed; addresses and code word in it are ciphertext. The stream in the log is the truth.
CREATE TABLE contact_promise (
    victim_id uuid PRIMARY KEY,
    version   integer NOT NULL CHECK (version > 0),
    terms     jsonb   NOT NULL
);
