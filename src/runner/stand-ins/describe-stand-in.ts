import type { OpenStandIn } from "./open-stand-in";

const EVENTS_SHOWN = 12;

/** What its control tells of it. */
interface Shown {
  readonly events: readonly string[];
}

const readEvents = async ({ url }: OpenStandIn): Promise<readonly string[]> => {
  const response = await fetch(`${url}/_stand-in`);
  const { events }: Shown = JSON.parse(await response.text());
  return events;
};

const listEvents = (events: readonly string[]): string => {
  const shown = events.slice(0, EVENTS_SHOWN).join(", ");
  return events.length > EVENTS_SHOWN ? `${shown} and ${events.length - EVENTS_SHOWN} more` : shown;
};

const post = (url: string, path: string, body: object): string =>
  `curl -X POST ${url}/_stand-in/${path} -H "content-type: application/json" -d '${JSON.stringify(body)}'`;

/** Everything that a person needs to use a stand-in that has just started, a line each. */
export const describeStandIn = async (standIn: OpenStandIn): Promise<readonly string[]> => {
  const { title, url, connection } = standIn;
  const events = await readEvents(standIn);
  const event = events[0] ?? "";
  return [
    `${title} stands in at ${url}`,
    "Fields of the connection:",
    ...Object.entries(connection).map(([name, value]) => `  ${name}: ${value}`),
    `Events: ${listEvents(events)}`,
    `  fire one:            ${post(url, "fire", { event })}`,
    `  see what there is:   curl ${url}/_stand-in`,
    `  subscribe by hand:   ${post(url, "subscriptions", { endpointUrl: "http://127.0.0.1:8400/trigger/…", events: [event] })}`,
    `  switch a fault on:   ${post(url, "faults", { duplicates: true })}`,
  ];
};
