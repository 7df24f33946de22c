-- The vault's own database. Services reach it only through these functions; no role but the owner can read a table.
CREATE SCHEMA IF NOT EXISTS vault;
REVOKE ALL ON SCHEMA vault FROM PUBLIC;

-- A key and its tombstone are one row, so that an erasure and a first use cannot both win.
CREATE TABLE IF NOT EXISTS vault.data_key (
    subject    text        PRIMARY KEY CHECK (subject ~ '^(victim|case|document)/[0-9a-f-]{36}$'),
    wrapped    bytea       CHECK (octet_length(wrapped) = 40),
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    erased_at  timestamptz,
    erased_by  text,
    reason     text,
    CHECK ((wrapped IS NULL) = (erased_at IS NOT NULL))
);

CREATE TABLE IF NOT EXISTS vault.unwrap (
    id       bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    who      text        NOT NULL,
    purpose  text        NOT NULL CHECK (purpose <> ''),
    subjects text[]      NOT NULL
);

CREATE OR REPLACE FUNCTION vault.keys_for_sealing(given text[], fresh bytea[])
RETURNS TABLE (subject text, wrapped bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    -- In one order for every caller, or two batches with the same new subjects deadlock.
    INSERT INTO vault.data_key AS k (subject, wrapped)
    SELECT pair.s, pair.f FROM unnest(given, fresh) AS pair (s, f) ORDER BY pair.s
    ON CONFLICT DO NOTHING;
    INSERT INTO vault.unwrap (who, purpose, subjects) VALUES (session_user, 'seal', given);
    RETURN QUERY SELECT k.subject, k.wrapped FROM vault.data_key k WHERE k.subject = ANY (given);
END $$;

CREATE OR REPLACE FUNCTION vault.keys_for_opening(given text[], why text)
RETURNS TABLE (subject text, wrapped bytea, erased_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO vault.unwrap (who, purpose, subjects) VALUES (session_user, why, given);
    RETURN QUERY SELECT k.subject, k.wrapped, k.erased_at FROM vault.data_key k WHERE k.subject = ANY (given);
END $$;

CREATE OR REPLACE FUNCTION vault.erase(given text, why text)
RETURNS timestamptz
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    moment timestamptz;
BEGIN
    INSERT INTO vault.data_key AS k (subject, wrapped, erased_at, erased_by, reason)
    VALUES (given, NULL, clock_timestamp(), session_user, why)
    ON CONFLICT (subject) DO UPDATE
    SET wrapped = NULL, erased_at = EXCLUDED.erased_at, erased_by = EXCLUDED.erased_by, reason = EXCLUDED.reason
    WHERE k.erased_at IS NULL;
    SELECT k.erased_at INTO STRICT moment FROM vault.data_key k WHERE k.subject = given;
    RETURN moment;
END $$;

CREATE OR REPLACE FUNCTION vault.tombstone_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a tombstone stays: an erased subject gets no key again';
END $$;

CREATE OR REPLACE TRIGGER tombstone_stays BEFORE UPDATE OR DELETE ON vault.data_key
FOR EACH ROW WHEN (OLD.erased_at IS NOT NULL) EXECUTE FUNCTION vault.tombstone_stays();

REVOKE ALL ON ALL TABLES IN SCHEMA vault FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA vault FROM PUBLIC;
