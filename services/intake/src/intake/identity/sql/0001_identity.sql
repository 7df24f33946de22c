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

-- Recorded ids never change; this says under which case a merged one is continued.
CREATE TABLE case_alias (
  case_id text PRIMARY KEY REFERENCES opened_case,
  now_id text NOT NULL REFERENCES opened_case
);
CREATE INDEX case_alias_now ON case_alias (now_id);

CREATE TABLE case_merge (
  event_id text PRIMARY KEY,
  from_case text NOT NULL REFERENCES opened_case,
  into_case text NOT NULL REFERENCES opened_case,
  merged_by text NOT NULL,
  merged_at timestamptz NOT NULL DEFAULT business_now()
);

CREATE TABLE victim_number (
  issuer text NOT NULL,
  number text NOT NULL,
  victim_id text NOT NULL,
  PRIMARY KEY (issuer, number)
);

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
  revoked_at timestamptz
);
CREATE INDEX victim_link_victim ON victim_link (victim_id);

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
CREATE TRIGGER reference_means AFTER UPDATE OR DELETE ON reference
FOR EACH STATEMENT EXECUTE FUNCTION move_identity_revision();
CREATE TRIGGER victim_number_means AFTER UPDATE OR DELETE ON victim_number
FOR EACH STATEMENT EXECUTE FUNCTION move_identity_revision();
