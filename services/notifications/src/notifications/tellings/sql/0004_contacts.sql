-- A contact may be taken back, with all that it told; and may say that what was told was about somebody else.
ALTER TABLE told ADD COLUMN contact_id text NOT NULL DEFAULT '';
ALTER TABLE told DROP CONSTRAINT told_pkey;
ALTER TABLE told ADD PRIMARY KEY (victim_id, news_id, how, contact_id);
ALTER TABLE told DROP CONSTRAINT told_how_check;
ALTER TABLE told ADD CONSTRAINT told_how_check CHECK (how IN ('seen', 'told-by-officer', 'put-right'));
CREATE INDEX told_by_contact ON told (contact_id) WHERE contact_id <> '';

-- Contacts that officers made with a victim; one without a time was taken back.
CREATE TABLE contact_made (
    contact_id text NOT NULL,
    victim_id  uuid NOT NULL,
    made_at    timestamptz,
    PRIMARY KEY (contact_id, victim_id)
);
CREATE INDEX contact_made_with ON contact_made (victim_id);
