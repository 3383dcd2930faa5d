/** A control with its name above it, and a help or a problem below. */

import type { ComponentChildren } from 'preact';
import { t } from '../words/catalogue.ts';
import { Icon } from './icon.tsx';

export interface FieldProps {
  readonly label: ComponentChildren;
  readonly optional?: boolean;
  readonly wide?: boolean;
  readonly help?: string;
  readonly problem?: string;
  readonly children: ComponentChildren;
}

export function Field({ label, optional = false, wide = false, help, problem, children }: FieldProps) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is among the children
    <label class={wide ? 'field wide' : 'field'}>
      <span>
        {label}
        {optional && <span class="quiet"> {t('optional')}</span>}
      </span>
      {children}
      {help !== undefined && <small class="help">{help}</small>}
      {problem !== undefined && (
        <small class="problem" role="alert">
          <Icon name="fault" />
          {problem}
        </small>
      )}
    </label>
  );
}

export interface SelectProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [value: string, label: string])[];
  readonly onChoose: (value: string) => void;
  readonly disabled?: boolean;
}

export function Select({ label, value, options, onChoose, disabled = false }: SelectProps) {
  return (
    <Field label={label}>
      <select value={value} disabled={disabled} onChange={(event) => onChoose(event.currentTarget.value)}>
        {options.map(([each, text]) => (
          <option key={each} value={each}>
            {text}
          </option>
        ))}
      </select>
    </Field>
  );
}
