/** The readers as places: what each is doing, and who was there last. */

import type { JournalLine, ReaderPlace } from '../../../../src/exports/whorl/client/browser.ts';
import { linkTo } from '../../browser/address.ts';
import { whoWords } from '../../journal/line-words.ts';
import { Avatar } from '../../parts/avatar.tsx';
import { Icon } from '../../parts/icon.tsx';
import { identityKey } from '../../people/identity-key.ts';
import { nowWords, placeLine, USE_ICONS } from '../../people/place-words.ts';
import { nowMs } from '../../service/clock.ts';
import type { ConnectedService } from '../../service/connected-service.ts';
import { t } from '../../words/catalogue.ts';
import { spanText } from '../../words/formats.ts';
import { AsOf } from './as-of.tsx';

/** More are on the page of readers. */
const MOST = 12;

export interface PlacesProps {
  readonly service: ConnectedService;
  /** Latest lines of the journal. */
  readonly lines: readonly JournalLine[];
}

export function Places({ service, lines }: PlacesProps) {
  const all = service.places.value;
  // What needs somebody comes first.
  const shown = [...all.filter((each) => !each.attached), ...all.filter((each) => each.attached)].slice(0, MOST);
  return (
    <section class="stack-3" aria-labelledby="places-title">
      <div class="card-head">
        <h2 id="places-title">{t('live.places')}</h2>
        <AsOf service={service} />
        <span class="grow" />
        {service.account.administrator && (
          <a class="btn plain small" href={linkTo('readers')}>
            {all.length > MOST ? t('live.allReaders', { count: all.length }) : t('live.manage')}
          </a>
        )}
      </div>
      <div class="places">
        {shown.map((place) => (
          <PlaceCard
            key={place.reader}
            service={service}
            place={place}
            last={lines.find(({ reader }) => reader === place.reader)}
          />
        ))}
      </div>
      {all.length === 0 && <p class="quiet">{t('live.noReaders')}</p>}
    </section>
  );
}

interface PlaceCardProps {
  readonly service: ConnectedService;
  readonly place: ReaderPlace;
  readonly last: JournalLine | undefined;
}

function PlaceCard({ service, place, last }: PlaceCardProps) {
  const activity = service.activityOf(place);
  const { mood, title, more } = nowWords(place, activity);
  const isVirtual = activity?.virtualReader !== undefined;
  const classes = ['place', mood === 'bad' ? 'off' : mood === 'warn' ? 'slow' : '', isVirtual ? 'virtual' : ''];
  const to = service.account.administrator
    ? linkTo('readers', [], { open: place.reader })
    : linkTo('identify', [], { reader: place.reader });
  return (
    <a class={classes.join(' ')} href={to}>
      <header>
        <span class="mark">
          <Icon name={place.attached ? (isVirtual ? 'chip' : USE_ICONS[place.use]) : 'unplugged'} />
        </span>
        <div>
          <h3>
            <bdi>{place.title}</bdi>
          </h3>
          <small>
            <bdi>{isVirtual ? `${placeLine(place)} · ${t('pad.virtual')}` : placeLine(place)}</bdi>
          </small>
        </div>
      </header>
      <div class="now">
        {title}
        <small>{more}</small>
      </div>
      <div class="last">
        {last === undefined ? (
          <span>{t('place.noTouch')}</span>
        ) : (
          <>
            <Avatar
              name={last.person?.name || undefined}
              of={last.person && identityKey(last.person.identity)}
              size="tiny"
            />
            <span>
              <bdi>{whoWords(last)}</bdi>
            </span>
            <time dateTime={new Date(last.atMs).toISOString()}>{spanText(nowMs.value - last.atMs)}</time>
          </>
        )}
      </div>
    </a>
  );
}
