/** Where a service keeps its state and where it listens, so that clients find it without being told. */

/** The environment of a process, and its user's home folder. */
export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly homeDirectory: string;
  /** `process.platform`. */
  readonly platform: string;
}

/** The service of the whole machine, where an administrator installed one. */
export const MACHINE_ADDRESS = '/run/whorl/whorl.sock';

/** `$WHORL_HOME`, else the XDG state directory. */
export function defaultStateDirectory({ environment, homeDirectory }: Surroundings): string {
  if (environment.WHORL_HOME) return environment.WHORL_HOME;
  return `${environment.XDG_STATE_HOME || `${homeDirectory}/.local/state`}/whorl`;
}

/** The socket of the service that owns a state directory; a named pipe on Windows. */
export function addressOf(stateDirectory: string, platform: string): string {
  if (platform === 'win32') return `\\\\.\\pipe\\whorl-${stateDirectory.replaceAll(/[^A-Za-z0-9]+/g, '-')}`;
  return `${stateDirectory}/whorl.sock`;
}

/** Where a client looks, first to last: what `$WHORL_SOCKET` says, else the user's own service, else the machine's. */
export function addressesToTry(surroundings: Surroundings): readonly string[] {
  const { environment, platform } = surroundings;
  if (environment.WHORL_SOCKET) return [environment.WHORL_SOCKET];
  const own = addressOf(defaultStateDirectory(surroundings), platform);
  return platform === 'win32' ? [own] : [own, MACHINE_ADDRESS];
}
