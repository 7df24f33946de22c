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

-- A state can be corrected once; the next correction names the state that this one made.
CREATE TABLE correction (
  source text NOT NULL,
  original_id text NOT NULL,
  corrects_state bytea NOT NULL,
  event_source text NOT NULL,
  event_id text NOT NULL,
  retracts boolean NOT NULL,
  PRIMARY KEY (source, original_id, corrects_state)
);

CREATE TABLE doubt_cleared (
  source text NOT NULL,
  event_id text NOT NULL,
  cleared_by text NOT NULL,
  PRIMARY KEY (source, event_id)
);

-- A prisoner's number is kept as a keyed hash only, and means a defendant only after an officer has confirmed it.
CREATE TABLE defendant_number (
  -- the id of the intake.offender-linked that says so
  confirmation_id text PRIMARY KEY,
  number_hash bytea NOT NULL,
  case_id text NOT NULL REFERENCES opened_case,
  defendant_id text NOT NULL,
  well_formed boolean NOT NULL,
  confirmed_by text NOT NULL,
  confirmed_at timestamptz NOT NULL DEFAULT business_now(),
  -- the confirmation of another number, where this one is so only because HMPPS merged that number into it
  carried_from text REFERENCES defendant_number,
  withdrawn_by text,
  withdrawn_at timestamptz,
  -- the id of the intake.offender-unlinked, which holds the officer's reason sealed: it may name people
  withdrawal_id text
);
CREATE UNIQUE INDEX defendant_number_standing ON defendant_number (number_hash, case_id, defendant_id)
WHERE withdrawn_at IS NULL;
CREATE INDEX defendant_number_hash ON defendant_number (number_hash);
CREATE INDEX defendant_number_carried ON defendant_number (carried_from) WHERE carried_from IS NOT NULL;

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
