CREATE TABLE duty (
    duty_key    uuid PRIMARY KEY,
    victim_id   uuid        NOT NULL,
    news_id     uuid,
    reminder_at timestamptz NOT NULL,
    due_at      timestamptz NOT NULL,
    met         boolean     NOT NULL DEFAULT false
);
CREATE INDEX duty_about_news ON duty (news_id) WHERE NOT met;
