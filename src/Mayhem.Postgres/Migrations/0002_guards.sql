alter table entries
    add column limits       text,
    add column operation_id text;

comment on column entries.limits is 'The limits that the last attempt has passed.';

alter table copies
    add column held interval not null default '0';

create table uses (
    request_id text not null,
    attempt    integer not null,
    host       text not null,
    host_group text not null,
    group_key  text not null,
    taken_at   timestamptz not null,
    state      text not null check (state in ('Begun', 'Issued', 'Restarted', 'Failed', 'GivenBack')),
    ended_at   timestamptz,
    primary key (request_id, attempt)
);

comment on table uses is 'What attempts have taken of the limits of their groups.';
comment on column uses.group_key is 'The group in capitals: groups are told apart without regard to case.';

create index uses_of_group on uses (group_key, taken_at);
create index uses_ended on uses (group_key, ended_at);

create table refusals (
    position     bigint generated always as identity,
    request_id   text not null,
    guard        text not null,
    host         text not null,
    host_group   text not null,
    requester    text not null,
    reason       text not null,
    operation_id text,
    rule         text not null,
    why          text not null,
    passes_at    timestamptz,
    outcome      text not null,
    first_at     timestamptz not null,
    last_at      timestamptz not null,
    count        integer not null,
    primary key (request_id, guard)
);

comment on table refusals is 'What each guard has said no to: the first time, the last time, and how often.';

create unique index refusals_position on refusals (position);
create index refusals_last on refusals (last_at);

create table switchings (
    position bigint generated always as identity primary key,
    halts    boolean not null,
    reason   text,
    by       text not null,
    at       timestamptz not null
);

comment on table switchings is 'The kill switch: the last row tells whether all restarts are halted.';
