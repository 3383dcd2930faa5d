/** `docs/limits.md`: what clients may use of a service, and what happens at each limit. */

import { CLIENT_LIMITS, FIXED_LIMITS, type LimitEntry } from '../../src/composition/connection/client-limits.ts';

export function limitsPage(): string {
  const row = (name: string, { value, bounds, atLimit }: LimitEntry) =>
    `| ${name}${value.toLocaleString('en')} | ${bounds} | ${atLimit} |`;
  return `# Limits

What clients may use of a service. An honest client meets none of them. This page is made from the table that the code
uses.

## Configurable (\`limits\` of the [configuration](configuration.md))

| Name | Default | Bounds | At the limit |
|---|---|---|---|
${Object.entries(CLIENT_LIMITS)
  .map(([name, entry]) => row(`\`${name}\` | `, entry))
  .join('\n')}

The account of a client of the socket is its user, which the system names before it has sent a byte; that of a page is
the account it is paired with.

## Fixed

| Limit | Bounds | At the limit |
|---|---|---|
${FIXED_LIMITS.map((entry) => row('', entry)).join('\n')}
`;
}
