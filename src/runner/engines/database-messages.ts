/** To the database's thread: a round of the wire protocol to run, or nothing to close. */
export type ToDatabase = Uint8Array | null;

/** From the database's thread: that it is open, and then an answer for each round. */
export type FromDatabase = "open" | Uint8Array;
