import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Flows with these settings answer only callers with an `Api-Key` header. */
const SECURED = ["customer_required", "organization"];

const readSeed = (file: string): string | undefined => {
  try {
    return readFileSync(file, "utf8").trim() || undefined;
  } catch {
    return undefined;
  }
};

const ensureSeed = (dataFolder: string): string => {
  const file = join(dataFolder, "api-keys.seed");
  const stored = readSeed(file);
  if (stored) return stored;
  const seed = randomBytes(32).toString("hex");
  mkdirSync(dataFolder, { recursive: true });
  writeFileSync(file, `${seed}\n`, { mode: 0o600 });
  return seed;
};

/** The API keys of a flow: none where its endpoint is open, else one that stays the same in this data folder. */
export const readEndpointKeys = (
  endpointSecurity: string,
  stableId: string,
  dataFolder: string,
): readonly string[] =>
  SECURED.includes(endpointSecurity)
    ? [
        createHash("sha256")
          .update(`${ensureSeed(dataFolder)}:${stableId}`)
          .digest("base64url"),
      ]
    : [];
