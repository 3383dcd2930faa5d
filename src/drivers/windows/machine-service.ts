/** The service of a machine with Windows: what it is called, and where its files are. */

/** Its name by default, by which clients know it. */
export const SERVICE_NAME = 'Whorl';

/** Folder of its state, its log, and its configuration: `whorl` in the application data of the machine. */
export function machineFolder(environment: Readonly<Record<string, string | undefined>> = process.env): string {
  return `${environment.ProgramData || 'C:\\ProgramData'}\\whorl`;
}
