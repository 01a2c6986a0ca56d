import { HooklineError } from "../errors";
import { github } from "./github";
import type { Provider } from "./provider";
import { stripe } from "./stripe";

/** Every provider, by name. */
export const providers: readonly Provider[] = [github, stripe].toSorted((a, b) =>
  a.name.localeCompare(b.name, "en"),
);

const byId = new Map(providers.map((provider) => [provider.id, provider]));

export const findProvider = (id: string): Provider => {
  const provider = byId.get(id);
  if (provider) return provider;
  const prefix = id.slice(0, 2).toLowerCase();
  const near = providers.map((known) => known.id).filter((known) => known.startsWith(prefix));
  const hint = near.length > 0 ? ` Did you mean ${near.join(" or ")}?` : "";
  throw new HooklineError(
    "PROVIDER_UNKNOWN",
    `No provider is called "${id.slice(0, 60)}".${hint} Choose one from the Provider input's list.`,
  );
};
