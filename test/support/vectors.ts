import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { OutboundRequest } from "../../src/http/outbound-request";

/** A delivery or challenge that an SDK made or accepted; its fields are told in test/vectors/README.md. */
export interface Vector {
  readonly name: string;
  readonly kind: "delivery" | "challenge";
  readonly sdk: { readonly name: string; readonly version: string } | null;
  readonly secret?: string;
  readonly username?: string;
  readonly verifyToken?: string;
  readonly options?: Readonly<Record<string, string>>;
  readonly now: string;
  readonly request: RecordedRequest;
  readonly keys?: Readonly<Record<string, string>>;
  readonly calls?: string;
  readonly response?: {
    readonly status: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
  };
}

export interface RecordedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly bodyBase64: string;
}

/** A damaged copy that the SDK refuses: what differs from the vector of that name. */
export type Damage = Partial<Vector> & { readonly of: string; readonly change: string };

export interface Recording {
  readonly provider: string;
  readonly vectors: readonly Vector[];
  readonly refused?: readonly Damage[];
}

const folder = path.join(__dirname, "..", "fixtures", "vectors");

const recordings: readonly Recording[] = readdirSync(folder)
  .filter((file) => file.endsWith(".json"))
  .map((file) => JSON.parse(readFileSync(path.join(folder, file), "utf8")));

const none: Recording = { provider: "", vectors: [], refused: [] };

export const recordingOf = (provider: string): Recording =>
  recordings.find((recording) => recording.provider === provider) ?? none;

export const recordedProviders = recordings.map(({ provider }) => provider);

export const toRequest = ({
  method,
  url,
  headers,
  bodyBase64,
}: RecordedRequest): OutboundRequest => ({
  method,
  url,
  headers,
  body: Buffer.from(bodyBase64, "base64"),
});
