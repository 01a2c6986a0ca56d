import { HooklineError } from "../errors";
import { readLimitedText } from "./read-limited-text";

const TIMEOUT_MILLISECONDS = 5_000;
const LARGEST_ANSWER_BYTES = 262_144;

/** The text at an https URL: no redirects, five seconds, 256 kB. The caller has pinned the host. */
export const fetchText = async (url: string): Promise<string> => {
  if (!url.startsWith("https://"))
    throw new HooklineError("KEY_UNAVAILABLE", "Keys are fetched over https only.");
  const response = await fetch(url, {
    redirect: "error",
    signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
  });
  if (!response.ok)
    throw new HooklineError(
      "KEY_UNAVAILABLE",
      `${new URL(url).host} answered ${response.status}.`,
      {
        retryable: true,
      },
    );
  return readLimitedText(response, LARGEST_ANSWER_BYTES);
};
