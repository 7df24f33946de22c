-- To tell an item is one contact, to put right that it was told to somebody whose it is not is another.
ALTER TABLE officer_contact ADD COLUMN put_right boolean NOT NULL DEFAULT false;
ALTER TABLE officer_contact DROP CONSTRAINT officer_contact_pkey;
ALTER TABLE officer_contact ADD PRIMARY KEY (victim_id, news_id, put_right);
