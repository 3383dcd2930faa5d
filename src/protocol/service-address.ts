/** Default places of the state and the socket of a service, by which clients find it. */

/** What a process knows of its host. */
export interface Surroundings {
  /** Environment variables. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Home directory of the user. */
  readonly homeDirectory: string;
  /** `process.platform`. */
  readonly platform: string;
}

/** Socket of the service of the whole machine, when an administrator has installed one. */
export const MACHINE_ADDRESS = '/run/whorl/whorl.sock';

/** The same on Windows, where it is a named pipe. */
export const MACHINE_PIPE = '\\\\.\\pipe\\whorl';

/** `$WHORL_HOME`, or `whorl` in the XDG state directory; on Windows in the local application data of the user. */
export function defaultStateDirectory({ environment, homeDirectory, platform }: Surroundings): string {
  if (environment.WHORL_HOME) return environment.WHORL_HOME;
  if (platform === 'win32') return `${environment.LOCALAPPDATA || `${homeDirectory}\\AppData\\Local`}\\whorl`;
  return `${environment.XDG_STATE_HOME || `${homeDirectory}/.local/state`}/whorl`;
}

/** The socket of the service that owns a state directory; a named pipe on Windows. */
export function addressOf(stateDirectory: string, platform: string): string {
  if (platform === 'win32') return `\\\\.\\pipe\\whorl-${stateDirectory.replaceAll(/[^A-Za-z0-9]+/g, '-')}`;
  return `${stateDirectory}/whorl.sock`;
}

/**
 * Where a client looks, in order: `$WHORL_SOCKET` alone when it is set; else the service of the user, then that of the
 * machine.
 */
export function addressesToTry(surroundings: Surroundings): readonly string[] {
  const { environment, platform } = surroundings;
  if (environment.WHORL_SOCKET) return [environment.WHORL_SOCKET];
  const own = addressOf(defaultStateDirectory(surroundings), platform);
  return [own, platform === 'win32' ? MACHINE_PIPE : MACHINE_ADDRESS];
}
