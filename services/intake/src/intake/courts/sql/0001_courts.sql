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

-- What each court is called, as its own hearings say it last.
CREATE TABLE court_name (
  court_id text PRIMARY KEY,
  name text NOT NULL
);
