import { toReceived } from "../../src/http/outbound-request";
import type { Evidence } from "../../src/signatures/scheme";

export const NOW = new Date("2026-03-14T15:09:26.000Z");
export const NOW_SECONDS = "1773500966";
export const ENDPOINT = "https://hooks.example.com/trigger/SW5z?x=1&y=two";

export interface EvidenceParts extends Partial<Omit<Evidence, "request">> {
  readonly method?: string;
  readonly url?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

const noKeys = (): Promise<string> => Promise.reject(new Error("No key is served here."));

/** What a verifier sees of a request, with no secret, option or key unless they are given. */
export const evidenceOf = ({
  method = "POST",
  url = ENDPOINT,
  headers = {},
  body = "",
  ...others
}: EvidenceParts): Evidence => {
  const now = others.now ?? NOW;
  return {
    request: toReceived({ method, url, headers, body: Buffer.from(body) }, now),
    secrets: [],
    options: {},
    fetchKey: noKeys,
    ...others,
    now,
  };
};
