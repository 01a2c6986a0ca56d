/** Makes the program run components for a runner instead of commands; see `main.ts`. */
export const GUEST_ARGUMENT = "--run-components";
