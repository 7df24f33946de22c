-- Business time in production: the database's clock, and no way to move it.
CREATE FUNCTION business_now() RETURNS timestamptz
LANGUAGE sql VOLATILE AS $$ SELECT clock_timestamp() $$;
