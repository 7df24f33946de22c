-- What is due when, by business time. not_before is real time: the back-off after a transient failure.
-- failed_at is the recorded end of a timer whose handler refused it for good; such a row waits for a person.
CREATE TABLE timer (
    kind       text        NOT NULL,
    key        text        NOT NULL,
    due_at     timestamptz NOT NULL,
    payload    jsonb       NOT NULL DEFAULT '{}',
    attempts   integer     NOT NULL DEFAULT 0,
    not_before timestamptz,
    failed_at  timestamptz,
    failure    text,
    PRIMARY KEY (kind, key)
);
-- Apart, so that what waits for its next try costs a look nothing until then.
CREATE INDEX timer_due ON timer (due_at, kind, key) WHERE failed_at IS NULL AND not_before IS NULL;
CREATE INDEX timer_again ON timer (not_before, kind, key) WHERE failed_at IS NULL AND not_before IS NOT NULL;
