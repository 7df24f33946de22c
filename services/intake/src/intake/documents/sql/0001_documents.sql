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
  decided_at timestamptz,
  -- how often its like came: others about the same are counted here
  times integer NOT NULL DEFAULT 1
);
CREATE INDEX document_waiting ON document (due_at) WHERE state IN ('held', 'parked', 'question');
CREATE INDEX document_about ON document (about);
CREATE INDEX document_kept ON document (retain_until) WHERE sealed IS NOT NULL;
