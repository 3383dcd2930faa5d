/** Which events a page shows. */

import type { ServiceEvent } from '../service/connected-service.ts';

export const EVENT_FILTERS = {
  all: { words: 'everything', shows: () => true },
  units: { words: 'arrivals and removals of units', shows: ({ kind }: ServiceEvent) => kind === 'unit' },
  requests: { words: 'answered requests', shows: ({ kind }: ServiceEvent) => kind === 'request' },
  refused: {
    words: 'failed requests',
    shows: (event: ServiceEvent) => event.kind === 'request' && event.request.hresult >= 0x8000_0000,
  },
} as const;

export type EventFilter = keyof typeof EVENT_FILTERS;
