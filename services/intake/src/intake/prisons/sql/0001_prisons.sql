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
  -- when what is told because of it went over to another number; what was told stands
  ended_at timestamptz,
  withdrawn_by text,
  withdrawn_at timestamptz,
  -- the id of the intake.offender-unlinked, which holds the officer's reason sealed: it may name people
  withdrawal_id text
);
CREATE UNIQUE INDEX defendant_number_standing ON defendant_number (number_hash, case_id, defendant_id)
WHERE withdrawn_at IS NULL AND ended_at IS NULL;
CREATE INDEX defendant_number_hash ON defendant_number (number_hash);
CREATE INDEX defendant_number_carried ON defendant_number (carried_from) WHERE carried_from IS NOT NULL;

CREATE TABLE movement (
  identity text PRIMARY KEY,
  document_id text NOT NULL REFERENCES document,
  number_hash bytea,
  -- where a message is about two numbers, the one after
  other_hash bytea,
  meaning text NOT NULL,
  prison text,
  occurred_at timestamptz NOT NULL
);
CREATE INDEX movement_number ON movement (number_hash);
CREATE INDEX movement_other ON movement (other_hash) WHERE other_hash IS NOT NULL;
CREATE INDEX movement_document ON movement (document_id);

-- What was told because of a confirmation, so that all of it can be taken back.
CREATE TABLE told_movement (
  event_id text PRIMARY KEY,
  confirmation_id text NOT NULL REFERENCES defendant_number,
  identity text NOT NULL REFERENCES movement
);
CREATE INDEX told_movement_confirmation ON told_movement (confirmation_id);
CREATE INDEX told_movement_identity ON told_movement (identity);
