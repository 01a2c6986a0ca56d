/** From the runner to the engine, each with a client's socket. */
export interface ToEngine {
  /** What the client has to present. */
  readonly password: string;
}

/** From the engine to the runner. */
export interface FromEngine {
  /** Clients get answers from now on. */
  readonly isReady?: true;
  /** Why it is about to end. */
  readonly failure?: string;
}
