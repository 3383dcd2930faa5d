/** The mark: ridges around a whorl. */

export function Logo() {
  return (
    <svg class="logo" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path d="M16 16.5c0 3.4-.6 6.2-1.8 8.9M12.4 24.6c.9-2.4 1.3-5 1.3-8.1a2.4 2.4 0 0 1 4.8 0c0 3.9-.6 7.2-1.9 10.3M9.3 22.4c.6-1.9.8-3.8.8-5.9a5.9 5.9 0 0 1 11.8 0c0 3.3-.4 6.2-1.2 8.9M6.5 18.9c.1-.8.1-1.6.1-2.4a9.4 9.4 0 0 1 18.8 0c0 2.1-.1 4.1-.5 6M6.3 8.9A12.9 12.9 0 0 1 28.9 16.5" />
    </svg>
  );
}
