/** The image file that is presented in place of a synthetic finger. */

import type { DroppedImage } from './touch-pad.ts';

export interface DroppedFileProps {
  readonly dropped: DroppedImage;
  readonly onUndrop: () => void;
}

export function DroppedFile({ dropped: { name, image, assumedPpi }, onUndrop }: DroppedFileProps) {
  return (
    <div class="dropped">
      <p>
        <b>{name}</b>, {image.widthPx} × {image.heightPx} pixels at {Math.round(image.resolutionPpi)} ppi
        {assumedPpi !== undefined && ' (assumed: the file does not state it)'}
      </p>
      <button type="button" onClick={onUndrop}>
        Use a synthetic finger again
      </button>
    </div>
  );
}
