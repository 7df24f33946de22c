-- Leases in real time. The epoch grows with each holder; whatever the lease protects tests it in its own writes.
CREATE TABLE lease (
  name text PRIMARY KEY,
  epoch bigint NOT NULL,
  expires_at timestamptz NOT NULL
);
