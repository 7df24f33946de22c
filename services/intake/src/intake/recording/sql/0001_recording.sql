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
