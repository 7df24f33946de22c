-- What victims asked for in a report to us, and every fact that bears on it; a wish is open while no fact has ended it.

CREATE TABLE wish (
    report_id text NOT NULL,
    kind      text NOT NULL,             -- support, police
    victim_id text NOT NULL,
    reference text NOT NULL,
    asked_at  timestamptz NOT NULL,
    due_at    timestamptz NOT NULL,
    PRIMARY KEY (report_id, kind)
);
CREATE INDEX wish_of_victim ON wish (victim_id);

-- ends: false for a service's no, after which its referral no longer counts. Facts may come before the wish: no order
-- holds across topics and cases.
CREATE TABLE wish_fact (
    source      text NOT NULL,
    event_id    text NOT NULL,
    kind        text NOT NULL,
    ends        boolean NOT NULL,
    victim_id   text,
    reference   text,
    referral_id text,
    report_id   text,
    PRIMARY KEY (source, event_id)
);
CREATE INDEX wish_fact_of_victim ON wish_fact (victim_id) WHERE victim_id IS NOT NULL;
CREATE INDEX wish_fact_of_reference ON wish_fact (reference) WHERE reference IS NOT NULL;

CREATE VIEW open_wish AS
SELECT w.* FROM wish w
WHERE NOT EXISTS (
    SELECT FROM wish_fact f
    WHERE f.ends AND f.kind = w.kind
      AND (f.victim_id = w.victim_id OR f.reference = w.reference)
      AND (f.report_id IS NULL OR f.report_id = w.report_id)
      AND (f.referral_id IS NULL OR NOT EXISTS (
          SELECT FROM wish_fact n
          WHERE NOT n.ends AND n.victim_id = f.victim_id AND n.referral_id = f.referral_id)));
