/** Takes an image of a finger: dropped, or chosen as a file. */

import { useSignal } from '@preact/signals';
import type { TouchPad } from './touch-pad.ts';

export function FileDrop({ pad }: { readonly pad: TouchPad }) {
  const over = useSignal(false);
  const take = (files: FileList | null | undefined) => {
    const [file] = files ?? [];
    if (file !== undefined) void pad.drop(file);
  };
  return (
    <label
      class={over.value ? 'file-drop file-drop-over' : 'file-drop'}
      onDragOver={(event) => {
        event.preventDefault();
        over.value = true;
      }}
      onDragLeave={() => (over.value = false)}
      onDrop={(event) => {
        event.preventDefault();
        over.value = false;
        take(event.dataTransfer?.files);
      }}
    >
      <span>
        Or drop an image of a finger: PNG, BMP, TIFF, WSQ, PGM. <u>Choose a file</u>
      </span>
      <input
        type="file"
        accept=".png,.bmp,.tif,.tiff,.wsq,.pgm,image/*"
        onChange={(event) => take(event.currentTarget.files)}
      />
    </label>
  );
}
