/** Statements of a template database, for one schema. */

import { checkedCondition, POSITION_COLUMNS } from './postgres-history.ts';
import { RECORD_COLUMNS } from './postgres-record.ts';

const COLUMNS = RECORD_COLUMNS.map((name) => `r.${name}`).join(', ');
const NEW_TOKEN = 'uuid_send(gen_random_uuid())';
const NEW_HEAD = `h.incarnation, d.change_seq as change, encode(d.token, 'hex') as token`;

/** The statements. Those that change something tell the channel of it; it is told when they are committed. */
export function statementsFor(schema: string, channel: string) {
  const notify = `pg_notify('${channel}', lower($1::uuid::text))::text as told`;
  const head = `from ${schema}.whorl_database d cross join ${schema}.whorl_installation h where d.database_id = $1`;
  return {
    position: `select ${POSITION_COLUMNS} ${head}`,
    state: `select ${POSITION_COLUMNS}, d.record_count ${head}`,
    count: `select record_count from ${schema}.whorl_database where database_id = $1`,
    lock: `select 1 from ${schema}.whorl_database where database_id = $1 for no key update`,
    has: `select 1 from ${schema}.whorl_record where database_id = $1 and record_id = $2
      and identity_type = $3 and identity_value = $4 and sub_factor = $5`,
    ofOwner: `select ${COLUMNS} from ${schema}.whorl_record r where database_id = $1 and identity_type = $2
      and identity_value = $3 and ($4::smallint is null or sub_factor = $4) order by record_id`,
    numbered: `select ${COLUMNS} from ${schema}.whorl_record r
      where database_id = $1 and record_id = any($2::bigint[]) order by record_id`,
    changes: `select h.incarnation, c.change, encode(c.token, 'hex') as token, c.kind, c.record_id as number,
        encode(c.mark, 'hex') as change_mark, ${COLUMNS}
      from ${schema}.whorl_change c cross join ${schema}.whorl_installation h
      left join ${schema}.whorl_record r
        on c.kind <> 3 and c.change > $2 and r.database_id = c.database_id and r.record_id = c.record_id
      where c.database_id = $1 and c.change >= $2 order by c.change limit $3`,
    ended: `select change, encode(mark, 'hex') as mark from ${schema}.whorl_change
      where database_id = $1 and kind = 3 and change > $2 order by change limit $3`,
    /** One statement is one round trip, and holds the row of the database no longer than it takes. */
    add: `
      with given as (
        select g.*, ${NEW_TOKEN} as token
        from unnest($2::smallint[], $3::bytea[], $4::smallint[], $5::bytea[], $6::bytea[], $7::bytea[], $8::bytea[])
          with ordinality as g(identity_type, identity_value, sub_factor, template, payload, index_vector, mark, i)
      ), head as (
        update ${schema}.whorl_database d
        set change_seq = d.change_seq + n.n, record_seq = d.record_seq + n.n, record_count = d.record_count + n.n,
          token = n.token
        from ${schema}.whorl_installation h,
          (select count(*) as n, (array_agg(token order by i desc))[1] as token from given) n
        where d.database_id = $1 and ($10::bigint is null or d.record_count + n.n <= $10) and ${checkedCondition(11)}
        returning ${NEW_HEAD}, d.change_seq - n.n as last_change, d.record_seq - n.n as last_record
      ), stored as (
        insert into ${schema}.whorl_record (database_id, record_id, identity_type, identity_value, sub_factor, template,
          payload, index_vector, mark)
        select $1, head.last_record + g.i, g.identity_type, g.identity_value, g.sub_factor, g.template, g.payload,
          g.index_vector, g.mark from given g, head
      ), noted as (
        insert into ${schema}.whorl_change (database_id, change, token, kind, record_id, mark, site, at)
        select $1, head.last_change + g.i, g.token, 1, head.last_record + g.i, g.mark, $9, clock_timestamp()
        from given g, head
      )
      select head.*, ${notify} from head`,
    /** The row of the database is locked before: what it sees is the last there is. */
    replace: `
      with changed as (
        update ${schema}.whorl_record set template = $6, mark = decode($7, 'hex')
        where database_id = $1 and record_id = $2 and identity_type = $3 and identity_value = $4 and sub_factor = $5
          and ($8::text is null or encode(mark, 'hex') = $8)
        returning record_id, mark
      ), head as (
        update ${schema}.whorl_database d set change_seq = d.change_seq + 1, token = ${NEW_TOKEN}
        from ${schema}.whorl_installation h where d.database_id = $1 and exists (select from changed)
        returning ${NEW_HEAD}, d.token as bytes
      ), noted as (
        insert into ${schema}.whorl_change (database_id, change, token, kind, record_id, mark, site, at)
        select $1, head.change, head.bytes, 2, c.record_id, c.mark, $9, clock_timestamp() from changed c, head
      )
      select head.incarnation, head.change, head.token, ${notify} from head`,
    /** The row of the database is locked before. */
    delete: `
      with gone as (
        delete from ${schema}.whorl_record where database_id = $1 and ($2::smallint is null or identity_type = $2)
          and ($3::bytea is null or identity_value = $3) and ($4::smallint is null or sub_factor = $4)
        returning record_id, mark
      ), told as (
        select record_id, mark, row_number() over (order by record_id) as i, ${NEW_TOKEN} as token from gone
      ), head as (
        update ${schema}.whorl_database d
        set change_seq = d.change_seq + n.n, record_count = d.record_count - n.n, token = n.token
        from (select count(*) as n, (array_agg(token order by i desc))[1] as token from told) n
        where d.database_id = $1 and n.n > 0
        returning d.change_seq - n.n as last_change
      ), noted as (
        insert into ${schema}.whorl_change (database_id, change, token, kind, record_id, mark, site, at)
        select $1, head.last_change + t.i, t.token, 3, t.record_id, t.mark, $5, clock_timestamp() from told t, head
      )
      select t.record_id, case when t.i = 1 then ${notify.replace(' as told', '')} end as told
      from told t order by t.record_id`,
    /** What a condition selects, for `copy`. */
    copyRecords: (condition: string) => `copy (select ${RECORD_COLUMNS.join(', ')} from ${schema}.whorl_record
      where ${condition} order by record_id) to stdout (format binary)`,
    copyMarks: (condition: string) =>
      `copy (select record_id, mark from ${schema}.whorl_record where ${condition} order by record_id)
      to stdout (format binary)`,
  };
}
