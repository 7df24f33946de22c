-- A log that was restored from an older copy may be told to number on past what its topic holds already: from then on
-- the head is ahead of the rows, so it never goes back to them.
CREATE OR REPLACE FUNCTION move_log_head() RETURNS trigger
LANGUAGE plpgsql SET enable_seqscan TO off AS $$
BEGIN
  UPDATE log_head SET
    (position, hash, recorded_at) = (SELECT position, hash, recorded_at FROM log ORDER BY position DESC LIMIT 1),
    pseqs = ARRAY(
      SELECT greatest(pseqs[lane], (SELECT max(pseq) FROM log WHERE partition = lane - 1))
      FROM generate_subscripts(pseqs, 1) AS lane ORDER BY lane
    );
  PERFORM pg_notify('log_appended', '');
  RETURN NULL;
END $$;
