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

CREATE TABLE movement (
  identity text PRIMARY KEY,
  document_id text NOT NULL REFERENCES document,
  number_hash bytea,
  meaning text NOT NULL,
  prison text,
  occurred_at timestamptz NOT NULL
);
CREATE INDEX movement_number ON movement (number_hash);

-- What was told because of a confirmation, so that all of it can be taken back.
CREATE TABLE told_movement (
  event_id text PRIMARY KEY,
  confirmation_id text NOT NULL REFERENCES defendant_number
);
CREATE INDEX told_movement_confirmation ON told_movement (confirmation_id);
