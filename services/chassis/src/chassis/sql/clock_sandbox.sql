-- Business time in the sandbox and in tests: an offset that only moves forward and rings the timers.
CREATE TABLE business_clock (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  ahead interval NOT NULL DEFAULT interval '0'
);
INSERT INTO business_clock DEFAULT VALUES;

CREATE FUNCTION business_now() RETURNS timestamptz
LANGUAGE sql VOLATILE AS $$ SELECT clock_timestamp() + ahead FROM business_clock $$;

CREATE FUNCTION advance_clock(forward interval) RETURNS timestamptz
LANGUAGE plpgsql AS $$
BEGIN
  IF now() + forward < now() THEN
    RAISE EXCEPTION 'the clock only moves forward';
  END IF;
  UPDATE business_clock SET ahead = ahead + forward;
  PERFORM pg_notify('timer_set', '');
  RETURN business_now();
END $$;
