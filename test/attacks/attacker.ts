/** A process that attacks: `node attacker.ts <number of the attack> <target>`. Tells its parent what it has done. */

import { ATTACKS, type Tally, type Target } from './attack-table.ts';

const [, , number = '0', target = '{}'] = process.argv;
const counts: Record<string, number> = {};
const tally: Tally = (what, count = 1) => {
  counts[what] = (counts[what] ?? 0) + count;
};
process.on('message', () => process.send?.(counts));
process.on('disconnect', () => process.exit(0));
process.send?.('attacking');
await ATTACKS[Number(number)]?.run(JSON.parse(target) as Target, tally);
