-- Who is who. All of it is written under the log's head lock, in the transaction that appends what it belongs to.
CREATE TABLE opened_case (
  case_id text PRIMARY KEY,
  opened_at timestamptz NOT NULL DEFAULT business_now()
);

CREATE TABLE reference (
  scheme text NOT NULL,
  issuer text NOT NULL,
  value text NOT NULL,
  case_id text NOT NULL REFERENCES opened_case,
  PRIMARY KEY (scheme, issuer, value)
);
CREATE INDEX reference_case ON reference (case_id);

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

-- Recorded ids never change; this says under which case a merged one goes on, and under which its crime does: another
-- one only where the police said that both are one crime. Made of the ties that stand.
CREATE TABLE case_alias (
  case_id text PRIMARY KEY REFERENCES opened_case,
  now_id text NOT NULL REFERENCES opened_case,
  crime_id text NOT NULL REFERENCES opened_case
);
CREATE INDEX case_alias_now ON case_alias (now_id);

CREATE TABLE case_merge (
  event_id text PRIMARY KEY,
  from_case text NOT NULL REFERENCES opened_case,
  into_case text NOT NULL REFERENCES opened_case,
  same_crime boolean NOT NULL,
  merged_by text NOT NULL,
  merged_at timestamptz NOT NULL DEFAULT business_now(),
  undone_by text,
  undone_at timestamptz
);
CREATE INDEX case_merge_from ON case_merge (from_case) WHERE undone_at IS NULL;

CREATE TABLE victim_number (
  issuer text NOT NULL,
  number text NOT NULL,
  victim_id text NOT NULL,
  PRIMARY KEY (issuer, number)
);

-- Events that gave an agency's number to whoever reported the crime, by quoting the report.
CREATE TABLE number_joined (
  issuer text NOT NULL,
  number text NOT NULL,
  source text NOT NULL,
  event_id text NOT NULL,
  PRIMARY KEY (issuer, number, source, event_id)
);
CREATE INDEX number_joined_event ON number_joined (source, event_id);

CREATE TABLE report (
  reference text PRIMARY KEY,
  case_id text NOT NULL REFERENCES opened_case,
  victim_id text NOT NULL,
  share_with_police boolean NOT NULL,
  contact bytea,
  received_at timestamptz NOT NULL DEFAULT business_now()
);

CREATE TABLE victim_link (
  link_id text PRIMARY KEY,
  victim_id text NOT NULL,
  case_id text NOT NULL REFERENCES opened_case,
  defendant_id text,
  offence_ids text[] NOT NULL DEFAULT '{}',
  linked_by text NOT NULL,
  linked_at timestamptz NOT NULL DEFAULT business_now(),
  revoked_by text,
  revoked_at timestamptz,
  taken_back boolean NOT NULL DEFAULT false
);
COMMENT ON COLUMN victim_link.taken_back IS
  'Nobody says it any more, but no officer has said that it is wrong: said anew, it is made anew.';
CREATE INDEX victim_link_victim ON victim_link (victim_id);

-- The events that a link rests on: it stands as long as one of them does. The first few are enough.
CREATE TABLE link_support (
  link_id text NOT NULL REFERENCES victim_link,
  source text NOT NULL,
  event_id text NOT NULL,
  PRIMARY KEY (link_id, source, event_id)
);
CREATE INDEX link_support_event ON link_support (source, event_id);

-- Moves on when what a name means has changed: a merge, a link revoked. Names that are new change no other's meaning.
CREATE TABLE identity_revision (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  revision bigint NOT NULL DEFAULT 1
);
INSERT INTO identity_revision DEFAULT VALUES;

CREATE FUNCTION move_identity_revision() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  UPDATE identity_revision SET revision = revision + 1;
  RETURN NULL;
END $$;
CREATE TRIGGER case_alias_means AFTER INSERT OR UPDATE OR DELETE ON case_alias
FOR EACH STATEMENT EXECUTE FUNCTION move_identity_revision();
CREATE TRIGGER victim_link_means AFTER UPDATE OR DELETE ON victim_link
FOR EACH STATEMENT EXECUTE FUNCTION move_identity_revision();
CREATE TRIGGER link_support_means AFTER UPDATE OR DELETE ON link_support
FOR EACH STATEMENT EXECUTE FUNCTION move_identity_revision();
CREATE TRIGGER reference_means AFTER UPDATE OR DELETE ON reference
FOR EACH STATEMENT EXECUTE FUNCTION move_identity_revision();
CREATE TRIGGER victim_number_means AFTER UPDATE OR DELETE ON victim_number
FOR EACH STATEMENT EXECUTE FUNCTION move_identity_revision();
