/** How busy the threads of the engine are. */
export interface EngineLoad {
  /** Number of threads. */
  readonly parallelism: number;
  /** Tasks that wait for a thread. */
  readonly waiting: number;
  /** Time all threads have spent on tasks since the service began, milliseconds. */
  readonly busyMs: number;
  /** Share of the threads' time spent on tasks since the service began, 0 to 1. */
  readonly utilization: number;
}
