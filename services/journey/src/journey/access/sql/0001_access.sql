CREATE TABLE access_grant (
    subject text NOT NULL,
    victim_id uuid NOT NULL,
    granted_at timestamptz NOT NULL,
    revoked_at timestamptz,
    PRIMARY KEY (subject, victim_id)
);
