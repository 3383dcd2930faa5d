/** Names of readers that were found: that of their driver, with a number when there are several. */

/** The name of a driver, or that with the first number that is free. */
export function freeName(driver: string, taken: ReadonlySet<string>): string {
  let name = driver;
  for (let i = 2; taken.has(name); i++) name = `${driver}-${i}`;
  return name;
}
