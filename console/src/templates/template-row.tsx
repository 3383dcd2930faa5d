/** One template of a list, with what can be done to it. */

import { fingerWords } from '../words/finger-words.ts';
import type { TemplatePlace } from './database-contents.ts';

export interface TemplateRowProps {
  readonly place: TemplatePlace;
  readonly mayExport: boolean;
  readonly mayDelete: boolean;
  readonly onDelete: (place: TemplatePlace) => void;
  readonly onExport: (place: TemplatePlace) => void;
}

export function TemplateRow({ place, mayExport, mayDelete, onDelete, onExport }: TemplateRowProps) {
  const finger = fingerWords(place.subFactor);
  return (
    <li class="template">
      <span>{finger}</span>
      <span class="template-actions">
        {mayExport && (
          <button type="button" aria-label={`Export ${finger}`} onClick={() => onExport(place)}>
            Export
          </button>
        )}
        {mayDelete && (
          <button type="button" class="danger-plain" aria-label={`Delete ${finger}`} onClick={() => onDelete(place)}>
            Delete
          </button>
        )}
      </span>
    </li>
  );
}
