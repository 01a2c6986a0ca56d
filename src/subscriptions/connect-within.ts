import type { Connect } from "./connect";
import type { SubscriptionHost } from "./host";

const LONGEST_CALL_MILLISECONDS = 6_000;
/** What a call gets that starts at the last moment: enough for an API that works. */
const SHORTEST_CALL_MILLISECONDS = 2_000;

/** Connections whose calls take no longer than there is time, because the platform ends a deploy without asking. */
export const connectWithin =
  ({ connect, now, deadline }: Pick<SubscriptionHost, "connect" | "now" | "deadline">): Connect =>
  (options) => {
    const left = deadline.getTime() - now().getTime();
    const timeoutMilliseconds = Math.min(
      LONGEST_CALL_MILLISECONDS,
      Math.max(SHORTEST_CALL_MILLISECONDS, left),
    );
    return connect({ ...options, timeoutMilliseconds });
  };
