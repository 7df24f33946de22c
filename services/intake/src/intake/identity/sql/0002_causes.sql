-- What an event said that joins two names: these are the cases that they were recorded for. Taken back with the event;
-- parted by an officer it stays, so that it is not made again by who has not heard.
CREATE TABLE case_tie (
  tie_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  one_case text NOT NULL REFERENCES opened_case,
  other_case text NOT NULL REFERENCES opened_case,
  same_crime boolean NOT NULL,
  source text NOT NULL,
  event_id text NOT NULL,
  parted_by text,
  parted_at timestamptz
);
CREATE INDEX case_tie_one ON case_tie (one_case);
CREATE INDEX case_tie_other ON case_tie (other_case);
CREATE INDEX case_tie_event ON case_tie (source, event_id);
CREATE INDEX case_tie_parted ON case_tie (tie_id) WHERE parted_at IS NOT NULL;

-- Which names an event that joins names spoke of; `attached` where it was the first to say what case that one is of.
CREATE TABLE name_joined (
  scheme text NOT NULL,
  issuer text NOT NULL,
  value text NOT NULL,
  source text NOT NULL,
  event_id text NOT NULL,
  attached boolean NOT NULL,
  PRIMARY KEY (scheme, issuer, value, source, event_id)
);
CREATE INDEX name_joined_event ON name_joined (source, event_id);

-- Under which case the crime of a merged one goes on: another one only where the police said that both are one crime.
-- case_alias is made of the ties that stand.
ALTER TABLE case_alias ADD COLUMN crime_id text REFERENCES opened_case;
UPDATE case_alias SET crime_id = case_id;
ALTER TABLE case_alias ALTER COLUMN crime_id SET NOT NULL;

ALTER TABLE case_merge
  ADD COLUMN same_crime boolean NOT NULL DEFAULT false,
  ADD COLUMN undone_by text,
  ADD COLUMN undone_at timestamptz;
CREATE INDEX case_merge_from ON case_merge (from_case) WHERE undone_at IS NULL;

-- Events that gave an agency's number to whoever reported the crime, by quoting the report.
CREATE TABLE number_joined (
  issuer text NOT NULL,
  number text NOT NULL,
  source text NOT NULL,
  event_id text NOT NULL,
  PRIMARY KEY (issuer, number, source, event_id)
);
CREATE INDEX number_joined_event ON number_joined (source, event_id);

ALTER TABLE victim_link ADD COLUMN taken_back boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN victim_link.taken_back IS
  'Nobody says it any more, but no officer has said that it is wrong: said anew, it is made anew.';

-- The events that a link rests on: it stands as long as one of them does. The first few are enough.
CREATE TABLE link_support (
  link_id text NOT NULL REFERENCES victim_link,
  source text NOT NULL,
  event_id text NOT NULL,
  PRIMARY KEY (link_id, source, event_id)
);
CREATE INDEX link_support_event ON link_support (source, event_id);
CREATE TRIGGER link_support_means AFTER UPDATE OR DELETE ON link_support
FOR EACH STATEMENT EXECUTE FUNCTION move_identity_revision();
