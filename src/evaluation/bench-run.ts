/** A measurement that is running. */
export interface BenchRun {
  /**
   * Call between two steps of work: shows progress. Rejects with WINBIO_E_CANCELED once the measurement is interrupted.
   */
  step(done: number, total: number): Promise<void>;
}
