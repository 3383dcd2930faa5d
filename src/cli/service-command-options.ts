/** Options of every command that talks to a running service. */
export interface ServiceCommandOptions {
  /** Socket of the service. Default: where `connect` looks. */
  readonly address?: string;
  /** Print JSON instead of text. */
  readonly json?: boolean;
}
