import type { OpenStandIn } from "./open-stand-in";

const EVENTS_SHOWN = 12;

/** What its control tells of it. */
interface Shown {
  readonly events: readonly string[];
  readonly faults: Readonly<Record<string, unknown>>;
}

const readShown = async ({ url }: OpenStandIn): Promise<Shown> => {
  const response = await fetch(`${url}/_stand-in`);
  return JSON.parse(await response.text());
};

const listEvents = (events: readonly string[]): string => {
  const shown = events.slice(0, EVENTS_SHOWN).join(", ");
  return events.length > EVENTS_SHOWN ? `${shown} and ${events.length - EVENTS_SHOWN} more` : shown;
};

const post = (url: string, path: string, body: object): string =>
  `curl -X POST ${url}/_stand-in/${path} -H "content-type: application/json" -d '${JSON.stringify(body)}'`;

const describeFiring = (url: string, [event = ""]: readonly string[]): string =>
  `  fire one:            ${post(url, "fire", { event })}`;

/** What a person needs to use a stand-in that was configured before, a line each. */
export const describeBriefly = async (standIn: OpenStandIn): Promise<readonly string[]> => {
  const { title, url } = standIn;
  const { events } = await readShown(standIn);
  return [`${title} stands in at ${url}`, describeFiring(url, events)];
};

/** Everything that a person needs to use a stand-in that has just started, a line each. */
export const describeStandIn = async (standIn: OpenStandIn): Promise<readonly string[]> => {
  const { title, url, connection, headersByHand: headers } = standIn;
  const { events, faults } = await readShown(standIn);
  const endpointUrl = "http://127.0.0.1:8400/trigger/…";
  const webhook = { endpointUrl, events: events.slice(0, 1), ...(headers && { headers }) };
  return [
    `${title} stands in at ${url}`,
    "Fields of the connection:",
    ...Object.entries(connection).map(([name, value]) => `  ${name}: ${value}`),
    `Events: ${listEvents(events)}`,
    describeFiring(url, events),
    `  see what there is:   curl ${url}/_stand-in`,
    `  subscribe by hand:   ${post(url, "subscriptions", webhook)}`,
    `  switch a fault on:   ${post(url, "faults", { duplicates: true })}`,
    `  faults there are:    ${Object.keys(faults).join(", ")}`,
  ];
};
