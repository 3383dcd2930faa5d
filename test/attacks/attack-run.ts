/** Attacks a service in every way of the table, while an honest client keeps asking: how long it waits, and what is left. */

import { setTimeout as delay } from 'node:timers/promises';
import { HonestClient } from '../hostile/honest-client-process.ts';
import { ATTACKS } from './attack-table.ts';
import { AttackedService, attackersAreOthers } from './attacked-service.ts';

export interface AttackOptions {
  /** How long each attack lasts, and the quiet before and after it, milliseconds. */
  readonly attackMs: number;
  readonly quietMs: number;
  /** How long memory is given to settle after an attack, milliseconds. Default: as long as the quiet. */
  readonly settleMs?: number;
  /** Whether the effect of the load alone is measured too. */
  readonly beside?: boolean;
  /** Numbers of the attacks. Default: all. */
  readonly only?: readonly number[];
  readonly log?: (line: string) => void;
}

/** What one attack did. Times of the honest client are the 99th percentile, microseconds. */
export interface AttackReport {
  readonly name: string;
  readonly quietP99: number;
  /** While the same attack goes on against another service of the machine: the effect of its load alone. */
  readonly besideP99?: number;
  readonly attackedP99: number;
  readonly memoryBeforeMb: number;
  readonly memoryWhileMb: number;
  readonly memoryAfterMb: number;
  /** What the attacker had done, and what was done to it. */
  readonly attacker: Readonly<Record<string, number>>;
  readonly survived: boolean;
}

async function attackBeside(number: number, ms: number): Promise<void> {
  await using other = await AttackedService.start();
  await using _attacker = await other.attack(number);
  await delay(ms);
}

/** Runs them all, one after the other, on one service. */
export async function runAttacks(options: AttackOptions): Promise<readonly AttackReport[]> {
  const { attackMs, quietMs, settleMs = quietMs, only, beside = false, log = () => {} } = options;
  await using attacked = await AttackedService.start();
  log(
    attackersAreOthers
      ? 'attacks come from another account'
      : 'attacks come from this account: it may not become another',
  );
  using honest = await HonestClient.start(attacked.target.address);
  await honest.while(delay(quietMs));
  const reports: AttackReport[] = [];
  for (const [number, { name }] of ATTACKS.entries()) {
    if (only?.includes(number) === false) continue;
    const memoryBeforeMb = await attacked.settledMemoryMb(quietMs);
    const quietP99 = await honest.while(delay(quietMs));
    let memoryWhileMb = 0;
    let counts: Readonly<Record<string, number>> = {};
    const attack = async () => {
      await using attacker = await attacked.attack(number);
      for (const endMs = performance.now() + attackMs; performance.now() < endMs; await delay(50)) {
        memoryWhileMb = Math.max(memoryWhileMb, attacked.memoryMb);
      }
      counts = await attacker.counts();
      // On a loaded machine it may not have begun yet.
      while (counts.connections === undefined) {
        await delay(50);
        counts = await attacker.counts();
      }
    };
    const besideP99 = beside ? await honest.while(attackBeside(number, attackMs)) : undefined;
    const attackedP99 = await honest.while(attack());
    const report = {
      name,
      quietP99,
      ...(besideP99 !== undefined && { besideP99 }),
      attackedP99,
      memoryBeforeMb,
      memoryWhileMb,
      memoryAfterMb: await attacked.settledMemoryMb(settleMs),
      attacker: counts,
      survived: attacked.alive,
    };
    reports.push(report);
    log(JSON.stringify(report));
  }
  return reports;
}
