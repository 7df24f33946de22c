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

-- For the two functions below alone; no role is ever granted this one.
CREATE OR REPLACE FUNCTION vault.leave_tombstones(given text[], why text)
RETURNS TABLE (subject text, erased_at timestamptz)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    -- In one order for every caller, as above. A constraint is named, since `subject` alone is also what is returned.
    INSERT INTO vault.data_key AS k (subject, wrapped, erased_at, erased_by, reason)
    SELECT one.s, NULL, clock_timestamp(), session_user, why
    FROM (SELECT DISTINCT s FROM unnest(given) AS s) AS one ORDER BY one.s
    ON CONFLICT ON CONSTRAINT data_key_pkey DO UPDATE
    SET wrapped = NULL, erased_at = EXCLUDED.erased_at, erased_by = EXCLUDED.erased_by, reason = EXCLUDED.reason
    WHERE k.erased_at IS NULL;
    RETURN QUERY SELECT k.subject, k.erased_at FROM vault.data_key k WHERE k.subject = ANY (given);
END $$;

CREATE OR REPLACE FUNCTION vault.erase(given text, why text)
RETURNS timestamptz
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT erased_at FROM vault.leave_tombstones(ARRAY[given], why)
$$;

-- For a role that lets go of documents in their time, and may destroy no person's key.
CREATE OR REPLACE FUNCTION vault.forget_documents(given text[], why text)
RETURNS TABLE (subject text, erased_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM unnest(given) AS s WHERE s IS NULL OR NOT starts_with(s, 'document/')) THEN
        RAISE insufficient_privilege USING MESSAGE = 'only documents are forgotten here';
    END IF;
    IF cardinality(given) > 1000 THEN
        RAISE program_limit_exceeded USING MESSAGE = 'at most 1000 documents are forgotten at once';
    END IF;
    RETURN QUERY SELECT t.subject, t.erased_at FROM vault.leave_tombstones(given, why) t;
END $$;

CREATE OR REPLACE FUNCTION vault.tombstone_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a tombstone stays: an erased subject gets no key again';
END $$;

CREATE OR REPLACE TRIGGER tombstone_stays BEFORE UPDATE OR DELETE ON vault.data_key
FOR EACH ROW WHEN (OLD.erased_at IS NOT NULL) EXECUTE FUNCTION vault.tombstone_stays();

REVOKE ALL ON ALL TABLES IN SCHEMA vault FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA vault FROM PUBLIC;
