-- What agencies sent in their own formats: encrypted, under a key of its own, until retain_until. Without `sealed`, its
-- key is destroyed.
CREATE TABLE document (
  document_id text PRIMARY KEY,
  kind text NOT NULL,
  about text NOT NULL,
  digest bytea NOT NULL,
  sealed bytea,
  received_at timestamptz NOT NULL,
  retain_until timestamptz NOT NULL,
  state text NOT NULL,
  why text,
  due_at timestamptz,
  -- what an officer is asked, as the hearing's state remembers it; whether the message is part of that state
  asks text[] NOT NULL DEFAULT '{}',
  compared boolean NOT NULL DEFAULT false,
  decided_by text,
  decided_at timestamptz
);
CREATE INDEX document_waiting ON document (due_at) WHERE state IN ('held', 'parked', 'question');
CREATE INDEX document_about ON document (about);
CREATE INDEX document_kept ON document (retain_until) WHERE sealed IS NOT NULL;

-- The last snapshot of a hearing: ids, dates and codes, and which event told what.
CREATE TABLE hearing (
  hearing_id text PRIMARY KEY,
  revision integer NOT NULL,
  state bytea NOT NULL
);

CREATE TABLE known_listing (
  event_id text PRIMARY KEY,
  case_id text NOT NULL,
  hearing_id text NOT NULL,
  listing bytea NOT NULL
);
CREATE INDEX known_listing_case ON known_listing (case_id);

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
