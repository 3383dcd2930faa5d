/** One setting: what it is, its value, and where that comes from. */

import type { Setting, SettingProblem } from '../../../../src/exports/whorl/client/browser.ts';
import { Chip } from '../../parts/chip.tsx';
import { t } from '../../words/catalogue.ts';
import { settingTitle } from './setting-words.ts';

export interface SettingRowProps {
  readonly setting: Setting;
  readonly isWritable: boolean;
  /** The value that is about to be saved; null for the default. */
  readonly change: unknown;
  readonly isChanged: boolean;
  readonly problem: SettingProblem | undefined;
  readonly onChange: (value: unknown) => void;
  readonly onForget: () => void;
}

export function SettingRow({ setting, isWritable, change, isChanged, problem, onChange, onForget }: SettingRowProps) {
  const { key, description, source, line, locked, pending } = setting;
  const value = isChanged ? change : setting.value;
  const isLocked = !isWritable || locked !== undefined;
  return (
    <div class={problem === undefined ? 'setting' : 'setting invalid'}>
      <div>
        <h3 id={`title-${key}`}>{settingTitle(setting)}</h3>
        {/* Descriptions are those of the schema of the configuration, which is English. */}
        <p class="help" lang="en" dir="ltr">
          {description}
        </p>
        <code dir="ltr">{key}</code>
        {problem !== undefined && (
          <p class="problem" role="alert" lang="en" dir="ltr">
            {problem.message}
          </p>
        )}
      </div>
      <div>
        <Control setting={setting} value={value} isLocked={isLocked} onChange={onChange} />
      </div>
      <div class="source">
        {isChanged ? (
          <>
            <Chip mood="warn">{t('settings.source.changed')}</Chip>
            <button type="button" class="btn plain small" onClick={onForget}>
              {t('undo')}
            </button>
          </>
        ) : (
          <>
            <Chip mood={source === 'default' ? 'plain' : 'on'} {...(locked !== undefined && { icon: 'lock' as const })}>
              {source === 'file' && line !== undefined
                ? t('settings.source.line', { line })
                : t(`settings.source.${source}`)}
            </Chip>
            {pending && <Chip mood="warn">{t('settings.needsRestart')}</Chip>}
            {locked !== undefined && <p>{t(`settings.locked.${locked}`)}</p>}
            {!isLocked && source === 'file' && (
              <button type="button" class="btn plain small" onClick={() => onChange(null)}>
                {t('settings.toDefault')}
              </button>
            )}
          </>
        )}
      </div>
    </div>
  );
}

interface ControlProps {
  readonly setting: Setting;
  readonly value: unknown;
  readonly isLocked: boolean;
  readonly onChange: (value: unknown) => void;
}

function Control({ setting, value, isLocked, onChange }: ControlProps) {
  const { key, kind, choices = [], least, most } = setting;
  const named = { 'aria-labelledby': `title-${key}`, disabled: isLocked };
  switch (kind) {
    case 'flag':
      return (
        <select
          {...named}
          value={value === undefined || value === null ? '' : String(value)}
          onChange={({ currentTarget }) => onChange(currentTarget.value === '' ? null : currentTarget.value === 'true')}
        >
          <option value="">{t('settings.default')}</option>
          <option value="true">{t('yes')}</option>
          <option value="false">{t('no')}</option>
        </select>
      );
    case 'choice':
      return (
        <select
          {...named}
          value={typeof value === 'string' ? value : ''}
          onChange={({ currentTarget }) => onChange(currentTarget.value === '' ? null : currentTarget.value)}
        >
          <option value="">{t('settings.default')}</option>
          {choices.map((each) => (
            <option key={each}>{each}</option>
          ))}
        </select>
      );
    case 'number':
      return (
        <input
          {...named}
          type="number"
          step="any"
          min={least}
          max={most}
          placeholder={t('settings.default')}
          value={typeof value === 'number' ? value : ''}
          onChange={({ currentTarget }) => onChange(currentTarget.value === '' ? null : currentTarget.valueAsNumber)}
        />
      );
    case 'text':
      return (
        <input
          {...named}
          type="text"
          dir="ltr"
          placeholder={t('settings.default')}
          value={typeof value === 'string' ? value : ''}
          onChange={({ currentTarget }) => onChange(currentTarget.value === '' ? null : currentTarget.value)}
        />
      );
    case 'texts':
      return (
        <textarea
          {...named}
          rows={2}
          dir="ltr"
          placeholder={t('settings.oneALine')}
          value={Array.isArray(value) ? value.join('\n') : ''}
          onChange={({ currentTarget }) => {
            const lines = currentTarget.value
              .split('\n')
              .map((each) => each.trim())
              .filter((each) => each !== '');
            onChange(lines.length === 0 ? null : lines);
          }}
        />
      );
    case 'json':
      return (
        <textarea
          {...named}
          rows={3}
          dir="ltr"
          class="mono"
          placeholder={t('settings.default')}
          value={value === undefined || value === null ? '' : JSON.stringify(value, null, 2)}
          onChange={({ currentTarget }) => {
            const text = currentTarget.value.trim();
            if (text === '') return onChange(null);
            try {
              onChange(JSON.parse(text));
              currentTarget.setCustomValidity('');
            } catch {
              currentTarget.setCustomValidity(t('settings.noJson'));
              currentTarget.reportValidity();
            }
          }}
        />
      );
    default:
      return kind satisfies never;
  }
}
