import { HooklineError } from "../errors";

const TIMEOUT_MILLISECONDS = 5_000;
const LARGEST_ANSWER_BYTES = 262_144;

const readLimited = async (response: Response): Promise<string> => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > LARGEST_ANSWER_BYTES)
      throw new RangeError("The answer is larger than a key can be.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
};

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
  return readLimited(response);
};
