-- What a promised silence is counted from, and who was asked to end it.
CREATE TABLE silence (
    victim_id    uuid PRIMARY KEY,
    counted_from timestamptz,
    heard_at     timestamptz,
    asked_at     timestamptz,
    due_by       timestamptz
);
