/** Where deliveries go, and what they are signed with. */
export interface SendTarget {
  readonly flow: string;
  readonly url: string;
  /** The key of the flow's trigger; null where it is not known. */
  readonly trigger: string | null;
  /** The catalogue id that the flow's trigger was given; null where it has none. */
  readonly provider: string | null;
  readonly secret: string;
  readonly username: string;
  readonly options: Readonly<Record<string, string>>;
  /** The URL that the provider was given, where that is not the flow's own. */
  readonly endpointUrl: string;
  /** The queue that the flow keeps its events in; null where it has none. */
  readonly queue: string | null;
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null;

const toText = (value: unknown): string => (typeof value === "string" ? value : "");

const toOptions = (value: unknown): Readonly<Record<string, string>> => {
  const pairs = Array.isArray(value) ? value.filter(isFields) : [];
  return Object.fromEntries(pairs.map(({ key, value: text }) => [toText(key), toText(text)]));
};

/** Reads the inputs that decide how a delivery has to look, by the names that webhook triggers of this component give them. */
export const toSendTarget = (
  { flow, url, trigger }: Pick<SendTarget, "flow" | "url" | "trigger">,
  inputs: Fields,
): SendTarget => {
  const connection = isFields(inputs.signingSecret) ? inputs.signingSecret.fields : undefined;
  const fields = isFields(connection) ? connection : {};
  return {
    ...{ flow, url, trigger },
    provider: toText(inputs.provider) || null,
    secret: toText(fields.secret),
    username: toText(fields.username),
    options: toOptions(inputs.options),
    endpointUrl: toText(inputs.endpointUrl),
    queue: toText(inputs.queue) || null,
  };
};

/** `microsoft-graph` → `microsoftGraphWebhook`, as this component calls the trigger that subscribes there. */
const toManagedKey = (id: string): string =>
  `${id.replace(/-(.)/g, (_dash, letter: string) => letter.toUpperCase())}Webhook`;

/** Whether the flow's trigger subscribes at the provider by itself. */
export const isManagedFor = (
  { trigger, provider }: SendTarget,
  { id }: { readonly id: string },
): boolean => trigger === toManagedKey(id) || (trigger === "managedWebhook" && provider === id);
