/** The ways to the pages: a rail at the side, or tabs at the bottom of a phone. */

import { useSignal } from '@preact/signals';
import { linkTo } from '../browser/address.ts';
import { LanguageChoice, ThemeChoice } from '../frame/choices.tsx';
import { Logo } from '../frame/logo.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { Icon, type IconName } from '../parts/icon.tsx';
import type { ConnectedService } from '../service/connected-service.ts';
import { t } from '../words/catalogue.ts';
import { PulseWords } from './pulse-words.tsx';
import { SECTIONS, type SectionName } from './routes.ts';

export interface NavigationProps {
  readonly service: ConnectedService | undefined;
  readonly section: SectionName | undefined;
}

type Section = keyof typeof SECTIONS;

/** Sections that the account may see. */
function sectionsFor(service: ConnectedService | undefined): readonly Section[] {
  const all = Object.keys(SECTIONS) as Section[];
  if (service === undefined || service.account.administrator) return all;
  const shown: readonly Section[] = service.isOperator
    ? ['live', 'people', 'journal', 'developers']
    : ['live', 'developers'];
  return all.filter((each) => shown.includes(each));
}

function roleOf({ account, isOperator }: ConnectedService): 'administrator' | 'operator' | 'user' {
  if (account.administrator) return 'administrator';
  return isOperator ? 'operator' : 'user';
}

export function Brand() {
  return (
    <a class="brand" href={linkTo('live')} aria-label="Whorl">
      <Logo />
      <span>Whorl</span>
    </a>
  );
}

export function Rail({ service, section }: NavigationProps) {
  return (
    <aside class="rail">
      <Brand />
      <a class="btn primary" href={linkTo('enroll')} title={t('nav.enroll')}>
        <Icon name="add" />
        <span>{t('nav.enroll')}</span>
      </a>
      <nav aria-label={t('nav.pages')}>
        {sectionsFor(service).map((each) => (
          <a
            key={each}
            href={linkTo(each)}
            title={t(SECTIONS[each].title)}
            aria-current={each === section ? 'page' : undefined}
          >
            <Icon name={SECTIONS[each].icon} />
            <span>{t(SECTIONS[each].title)}</span>
          </a>
        ))}
      </nav>
      <div class="rail-foot">
        <PulseWords />
        {service !== undefined && (
          <div class="who">
            <Icon name="shield" />
            <span class="words">{t(`role.${roleOf(service)}`)}</span>
          </div>
        )}
        <div class="tools">
          <LanguageChoice />
          <ThemeChoice />
        </div>
      </div>
    </aside>
  );
}

/** The head of a phone's screen. */
export function TopBar() {
  return (
    <section class="top" aria-label={t('nav.top')}>
      <Brand />
      <span class="grow" />
      <PulseWords />
    </section>
  );
}

const TABS: readonly (readonly [page: SectionName, icon: IconName])[] = [
  ['live', 'live'],
  ['people', 'people'],
  ['enroll', 'finger'],
  ['journal', 'journal'],
];

export function Tabs({ service, section }: NavigationProps) {
  const more = useSignal(false);
  const allowed: readonly string[] = [...sectionsFor(service), 'enroll'];
  const tabs = TABS.filter(([page]) => allowed.includes(page));
  const isElsewhere = section !== undefined && !tabs.some(([page]) => page === section);
  return (
    <nav class="tabs" aria-label={t('nav.tabs')}>
      {tabs.map(([page, icon]) => (
        <a key={page} href={linkTo(page)} aria-current={page === section ? 'page' : undefined}>
          <Icon name={icon} />
          {page === 'enroll' ? t('nav.enrollShort') : t(SECTIONS[page].title)}
        </a>
      ))}
      <button
        type="button"
        aria-haspopup="dialog"
        aria-current={isElsewhere ? 'page' : undefined}
        onClick={() => (more.value = true)}
      >
        <Icon name="more" />
        {t('nav.more')}
      </button>
      {more.value && (
        <Dialog title={t('nav.more')} closeLabel={t('close')} onClose={() => (more.value = false)}>
          <div class="more-list">
            {sectionsFor(service)
              .filter((each) => !TABS.some(([page]) => page === each))
              .map((each) => (
                <a key={each} class="btn plain" href={linkTo(each)} onClick={() => (more.value = false)}>
                  <Icon name={SECTIONS[each].icon} />
                  {t(SECTIONS[each].title)}
                </a>
              ))}
            <LanguageChoice />
            <ThemeChoice />
          </div>
        </Dialog>
      )}
    </nav>
  );
}
