-- What became of a piece of news. Kept apart from it, so that a report may come before its parent.
CREATE TABLE telling (
    news_id uuid PRIMARY KEY,
    notified_at timestamptz,
    delivered_at timestamptz,
    failed_at timestamptz,
    opened_at timestamptz,
    seen_at timestamptz,
    contacted_at timestamptz,
    contacted_how text
);

CREATE TABLE message (
    message_id text PRIMARY KEY,
    victim_id uuid NOT NULL,
    news_ids uuid[] NOT NULL,
    sent_at timestamptz NOT NULL
);
