/**
 * The tables. What is written is one transaction that first takes the row of its database or log: its counter gives
 * changes their numbers, so that they have no gaps and are in the order of the commits.
 */

/** Version of the tables once all {@link STEPS} were taken. */
export const SCHEMA_VERSION = 1;

/**
 * What leads from each version to the next; `$schema` stands for the schema. A step that was published is never changed.
 */
export const STEPS: readonly string[] = [
  `
  create table $schema.whorl_installation (
    only_row boolean primary key default true check (only_row),
    schema_version integer not null,
    incarnation uuid not null,
    -- Of the cluster that it was given in: another one has been restored from a dump.
    system_identifier text not null,
    made_at timestamptz not null default now()
  );
  -- Updated with each write: free space in its page keeps that cheap.
  create table $schema.whorl_database (
    database_id uuid primary key,
    factor bigint not null,
    template_format uuid not null,
    index_length integer not null,
    change_seq bigint not null default 0,
    token bytea not null default '',
    record_seq bigint not null default 0,
    record_count bigint not null default 0 check (record_count >= 0)
  ) with (fillfactor = 10);
  create table $schema.whorl_record (
    database_id uuid not null,
    record_id bigint not null,
    identity_type smallint not null check (identity_type in (2, 3)),
    identity_value bytea not null,
    sub_factor smallint not null check (sub_factor between 1 and 254),
    template bytea not null check (length(template) > 0),
    payload bytea not null,
    index_vector bytea not null,
    mark bytea not null check (length(mark) = 16),
    primary key (database_id, record_id),
    unique (database_id, identity_type, identity_value, sub_factor)
  );
  -- Sealed bytes do not compress.
  alter table $schema.whorl_record alter column template set storage external;
  -- 1 stored, 2 replaced, 3 deleted. Rows of deleted records stay for ever: none of them may come back.
  create table $schema.whorl_change (
    database_id uuid not null,
    change bigint not null,
    token bytea not null check (length(token) = 16),
    kind smallint not null check (kind between 1 and 3),
    record_id bigint not null,
    mark bytea not null check (length(mark) = 16),
    site text not null,
    at timestamptz not null,
    primary key (database_id, change)
  );
  create index whorl_change_deleted on $schema.whorl_change (database_id, change) where kind = 3;
  create table $schema.whorl_log_head (
    stream text primary key,
    change_seq bigint not null default 0,
    token bytea not null default '',
    -- The last entry that was taken away.
    trimmed bigint not null default 0,
    trimmed_token bytea not null default ''
  ) with (fillfactor = 10);
  create table $schema.whorl_log (
    stream text not null,
    change bigint not null,
    token bytea not null check (length(token) = 16),
    key text not null,
    body bytea,
    -- What it held is gone by now.
    is_gone boolean not null default false,
    subject text,
    forgets text,
    site text not null,
    at timestamptz not null,
    primary key (stream, change)
  );
  alter table $schema.whorl_log alter column body set storage external;
  create index whorl_log_key on $schema.whorl_log (stream, key);
  create index whorl_log_subject on $schema.whorl_log (stream, subject) where subject is not null;
  `,
];

/** What each role may do. The owner, who made the tables, may do everything. */
export const GRANTS = {
  /** A service. */
  service: 'select, insert, update, delete',
  /** Who follows and enrolls nobody. */
  reader: 'select',
} as const;
