/** Stands in for images that the account may not see. */

export function NoImages() {
  return (
    <p class="notice">
      Images need a session with raw access, which this account does not have; only the numbers are shown.
    </p>
  );
}
