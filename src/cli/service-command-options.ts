/** Options of every command that talks to a running service. */
export interface ServiceCommandOptions {
  /** Socket of the service. Default: the one that `connect` finds. */
  readonly address?: string;
  /** Print JSON instead of text. */
  readonly json?: boolean;
}
