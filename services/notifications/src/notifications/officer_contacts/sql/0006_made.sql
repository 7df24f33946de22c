-- By which contact an officer told it, or put it right: taken back, that contact has ended nothing.
ALTER TABLE officer_contact ADD COLUMN made_by uuid;
