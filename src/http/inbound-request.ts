/** One HTTP request as it reached us. Values are kept as sent: nothing is decoded, trimmed or re-encoded. */
export interface InboundRequest {
  /** Upper case. Prismatic does not tell it: there it is POST with a body and GET without one. */
  readonly method: string;
  /** The URL as the provider was given it, query included, never normalised: some providers sign it. */
  readonly url: string;
  /** Names in lower case; values of a repeated header joined by ", ". */
  readonly headers: ReadonlyMap<string, string>;
  readonly query: ReadonlyMap<string, string>;
  readonly body: Buffer;
  /** False where the platform handed over something other than bytes, so `body` is our own re-encoding. */
  readonly bodyIsExact: boolean;
  readonly receivedAt: Date;
}
