CREATE TABLE duty (
    duty_key uuid PRIMARY KEY,
    duty_id text NOT NULL,
    victim_id uuid NOT NULL,
    case_id uuid,
    source text NOT NULL,
    event_id text NOT NULL,
    event_type text NOT NULL,
    news_id uuid NOT NULL,
    owner text NOT NULL,
    thread text NOT NULL,
    opened_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    reminder_at timestamptz NOT NULL,
    code_edition text NOT NULL,
    beyond_calendar boolean NOT NULL,
    by_telling boolean NOT NULL,
    state text NOT NULL CHECK (state IN ('open', 'met', 'superseded', 'exempt')),
    closed_at timestamptz,
    met_by text
);
CREATE INDEX duty_open_of_victim ON duty (victim_id, thread, duty_id) WHERE state = 'open';
CREATE INDEX duty_of_victim ON duty (victim_id);
CREATE INDEX duty_of_news ON duty (news_id);
CREATE INDEX duty_of_event ON duty (source, event_id);

-- Victims with enhanced rights, as the police found; read when a duty is opened.
CREATE TABLE enhanced_victim (
    victim_id uuid PRIMARY KEY
);
