create table entries (
    position       bigint generated always as identity,
    request_id     text primary key,
    host           text not null,
    host_group     text not null,
    state          text not null check (state in ('Intent', 'Interrupted', 'Issued', 'Failed', 'Restarted', 'WouldRestart')),
    attempts       integer not null check (attempts > 0),
    owner          text not null,
    hold           uuid not null,
    held_at        timestamptz not null,
    intent_at      timestamptz not null,
    issued_at      timestamptz,
    ended_at       timestamptz,
    operation      text,
    old_process_id integer,
    new_process_id integer,
    dry_run        boolean not null default false,
    error          text,
    requester      text,
    reason         text,
    message_id     text
);

comment on table entries is 'How far the restart for each request has come.';
comment on column entries.hold is 'Which call of which process recorded or took over the intent, and at held_at.';

create unique index entries_position on entries (position);
create index entries_ended on entries (ended_at) where state in ('Failed', 'Restarted', 'WouldRestart');

create table details (
    request_id text primary key,
    requester  text not null,
    reason     text not null,
    message_id text not null,
    at         timestamptz not null
);

comment on table details is 'Who asked for what has no entry yet.';

create table unsettled (
    message_id     text not null,
    delivery_count integer not null,
    at             timestamptz not null,
    primary key (message_id, delivery_count)
);

create table failures (
    message     text primary key,
    rule        text not null,
    type        text not null,
    error       text not null,
    fingerprint text not null,
    budgets     text not null,
    history     text,
    at          timestamptz not null
);

create table copies (
    message_id      text primary key,
    sequence_number bigint not null,
    due_at          timestamptz not null,
    budgets         text not null,
    history         text,
    at              timestamptz not null
);

create table trials (
    message text primary key,
    at      timestamptz not null
);

comment on table trials is 'Messages that are handled alone, because processes died on them; a row stays if the process dies again.';

create index details_at on details (at);
create index unsettled_at on unsettled (at);
create index failures_at on failures (at);
create index copies_at on copies (at);
create index trials_at on trials (at);
