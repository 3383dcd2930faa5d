/** A person's initials on a tint of their own. */

/** How many tints the style has. */
const TINTS = 6;

export interface AvatarProps {
  /** Undefined for a finger that nobody was recognised by. */
  readonly name: string | undefined;
  /** What the tint is chosen by, so that a renamed person keeps it: the identity. */
  readonly of?: string | undefined;
  readonly size?: 'big' | 'tiny';
}

export function Avatar({ name, of = name ?? '', size }: AvatarProps) {
  const classes = ['avatar', size ?? '', name === undefined ? 'unknown' : `t${tintOf(of)}`];
  return (
    <span class={classes.filter(Boolean).join(' ')} aria-hidden="true">
      {name === undefined ? '?' : initialsOf(name)}
    </span>
  );
}

/** First letters of the first and the last word; of one word, its first two. */
export function initialsOf(name: string): string {
  const words = name
    .trim()
    .split(/[\s_-]+/)
    .filter(Boolean);
  const [first = '', last = ''] = [words[0], words.length > 1 ? words.at(-1) : undefined];
  const letters = last === '' ? [...first].slice(0, 2) : [[...first][0], [...last][0]];
  return letters.join('').toLocaleUpperCase();
}

function tintOf(text: string): number {
  let hash = 0;
  for (const character of text) hash = (Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)) >>> 0;
  return (hash % TINTS) + 1;
}
