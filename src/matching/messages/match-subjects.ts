/** Subjects that the messages about a database travel on; their words decide who may listen to what. */

/** Subjects of one database. */
export class MatchSubjects {
  readonly #root: string;

  constructor(databaseId: string) {
    this.#root = `whorl.${databaseId.toUpperCase()}`;
  }

  /** Where nodes say that they are alive. */
  get alive(): string {
    return `${this.#root}.alive`;
  }

  /** Where they are asked to say so at once. */
  get roll(): string {
    return `${this.#root}.roll`;
  }

  /** Where one start of one node is asked. */
  node(node: string, instance: string): string {
    return `${this.#root}.match.${node}.${instance}`;
  }
}
