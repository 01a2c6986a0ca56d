/**
 * The tables of all queues of one schema.
 *
 * A key has a row in `keys` while it has a backlog or waits for a dead letter. Exactly one of three columns says how it
 * stands: `turn` (ready: smaller is leased sooner), `due_at` (leased or delayed, until then), `blocked_by` (a dead
 * letter's id). Claims find keys by two partial indexes over the first two, so that neither a backlog nor keys that
 * wait cost anything.
 *
 * `head` is the message that `attempt` counts for: the first of the lease, or of the one before. It stays the first even
 * if a writer that was slow to commit brings one with a smaller `seq` behind it.
 *
 * Ordering keys are found by a hash, because an index cannot hold 4 kB. Rows of `keys` are rewritten with each lease:
 * half-empty pages and an eager vacuum keep that from spreading.
 */
export const tables = (s: string): string => `
create sequence ${s}.counter;

create table ${s}.queues (
  queue integer generated always as identity primary key,
  name text unique,
  removed_at timestamptz
);

create table ${s}.messages (
  queue integer not null,
  key uuid not null,
  seq bigint not null,
  id bigint not null,
  ordering_key text not null,
  dedupe_key text not null,
  body text not null,
  enqueued_at timestamptz not null,
  ready_at timestamptz,
  primary key (queue, key, seq)
) with (
  autovacuum_vacuum_scale_factor = 0.02,
  autovacuum_vacuum_threshold = 2000,
  autovacuum_vacuum_cost_delay = 0
);

create table ${s}.keys (
  queue integer not null,
  key uuid not null,
  turn bigint,
  due_at timestamptz,
  blocked_by bigint,
  head bigint,
  attempt integer not null default 0,
  token uuid,
  seqs bigint[],
  primary key (queue, key),
  check (num_nonnulls(turn, due_at, blocked_by) = 1)
) with (
  fillfactor = 50,
  autovacuum_vacuum_scale_factor = 0,
  autovacuum_vacuum_threshold = 2000,
  autovacuum_vacuum_cost_delay = 0
);
create index ready_keys on ${s}.keys (queue, turn) where turn is not null;
create index due_keys on ${s}.keys (queue, due_at) where due_at is not null;

create table ${s}.dedupe (
  queue integer not null,
  hash bytea not null,
  id bigint not null,
  expires_at timestamptz not null,
  primary key (queue, hash)
) with (
  autovacuum_vacuum_scale_factor = 0.05,
  autovacuum_vacuum_threshold = 2000,
  autovacuum_vacuum_cost_delay = 0
);
create index expiring_dedupe on ${s}.dedupe (expires_at);

create table ${s}.dead (
  queue integer not null,
  seq bigint not null,
  id bigint not null,
  key uuid not null,
  ordering_key text not null,
  dedupe_key text not null,
  body text not null,
  attempt integer not null,
  reason text not null,
  is_blocking boolean not null,
  enqueued_at timestamptz not null,
  dead_at timestamptz not null,
  primary key (queue, seq)
);
create unique index dead_ids on ${s}.dead (queue, id);
`;
