/** Makes the program the embedded queue's engine instead of a command, with the folder behind it; see `main.ts`. */
export const ENGINE_ARGUMENT = "--run-queue-engine";
/** Makes a thread of the engine its database. */
export const DATABASE_ARGUMENT = "--run-queue-database";
