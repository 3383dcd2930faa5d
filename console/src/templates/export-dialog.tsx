/** Asks for a format, and saves a template as a file. */

import { useSignal } from '@preact/signals';
import { Dialog } from '../parts/dialog.tsx';
import { saveFile } from '../parts/save-file.ts';
import type { ConnectedService } from '../service/connected-service.ts';
import { fingerWords } from '../words/finger-words.ts';
import { identityText } from '../words/identity-words.ts';
import type { TemplatePlace } from './database-contents.ts';

/** Formats of an exported template. */
const FORMATS = [
  { name: 'whorl', words: 'as it is stored', ending: 'whorl' },
  { name: 'iso-19794-2-2011', words: 'ISO/IEC 19794-2:2011 minutiae record', ending: 'fmr' },
  { name: 'iso-19794-2-2005', words: 'ISO/IEC 19794-2:2005 minutiae record', ending: 'fmr' },
  { name: 'ansi-378-2009', words: 'ANSI/INCITS 378-2009 minutiae record', ending: 'fmr' },
  { name: 'ansi-378-2004', words: 'ANSI/INCITS 378-2004 minutiae record', ending: 'fmr' },
] as const;

export interface ExportDialogProps {
  readonly service: ConnectedService;
  readonly place: TemplatePlace;
  readonly onClose: () => void;
  /** Runs the export, and shows why it failed. */
  readonly attempt: (work: () => Promise<void>) => Promise<void>;
}

export function ExportDialog({ service, place, onClose, attempt }: ExportDialogProps) {
  const chosen = useSignal<string>(FORMATS[0].name);
  const save = () => {
    onClose();
    void attempt(() => exportTemplate(service, place, chosen.value));
  };
  return (
    <Dialog title={`Export ${fingerWords(place.subFactor)}`} confirm="Save the file" onConfirm={save} onClose={onClose}>
      <fieldset class="choices">
        <legend>Format</legend>
        {FORMATS.map(({ name, words }) => (
          <label class="choice" key={name}>
            <input type="radio" name="format" checked={chosen.value === name} onChange={() => (chosen.value = name)} />
            <span>
              {name} <small>{words}</small>
            </span>
          </label>
        ))}
      </fieldset>
      <p class="quiet">
        A template is biometric data: anyone who has it can search for this finger. The export is audited.
      </p>
    </Dialog>
  );
}

async function exportTemplate(service: ConnectedService, place: TemplatePlace, format: string): Promise<void> {
  const { database, identity, subFactor } = place;
  const { databaseId } = database;
  const bytes = await service.client.administration.exportTemplate({ databaseId, identity, subFactor, format });
  const ending = FORMATS.find(({ name }) => name === format)?.ending ?? 'bin';
  const name = `${identityText(identity)}-${fingerWords(subFactor).replaceAll(' ', '-')}.${ending}`;
  saveFile(name, Uint8Array.from(bytes));
}
