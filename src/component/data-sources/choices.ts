import { type Connection, dataSource, input } from "@prismatic-io/spectral";
import { createCaller } from "../../subscriptions/caller";
import { readListing } from "../../subscriptions/read-listing";
import type { Settings } from "../../subscriptions/setting";
import type { Choices, Subscription } from "../../subscriptions/subscription";
import { withApi } from "../api-connection";
import { readFields } from "../connections/connection-fields";
import { toConnection } from "../inputs/clean";
import { toSettingInputs } from "../inputs/settings";
import { subscribableProviders } from "../managed/subscribables";

const BUDGET_MILLISECONDS = 20_000;

const clock = () => ({
  now: () => new Date(),
  wait: (milliseconds: number) =>
    new Promise<void>((resolve) => {
      setTimeout(resolve, milliseconds);
    }),
  deadline: new Date(Date.now() + BUDGET_MILLISECONDS),
});

const createChoices = ({ access }: Subscription, choices: Choices) =>
  dataSource({
    display: { label: choices.label, description: choices.description },
    inputs: {
      connection: input({
        label: "Connection",
        type: "connection",
        required: true,
        comments: "The credentials with which the choices are read.",
        clean: toConnection,
      }),
      ...toSettingInputs(choices.inputs ?? {}),
    },
    dataSourceType: "picklist",
    perform: async (_context, { connection, ...settings }) => {
      const result = await withApi(access, connection as Connection | undefined, ({ send }) =>
        readListing(createCaller(send, clock()), {
          listing: choices.listing,
          input: settings as Settings,
          what: choices.label.toLowerCase(),
          secrets: Object.values(readFields(connection as Connection | undefined)),
        }),
      );
      return { result: [...result] };
    },
    examplePayload: { result: [choices.example] },
  });

/** What the inputs of managed triggers are picked from, by the key that the provider gave it. */
export const choiceDataSources = Object.fromEntries(
  subscribableProviders.flatMap(({ subscription }) =>
    Object.entries(subscription.choices ?? {}).map(
      ([key, choices]) => [key, createChoices(subscription, choices)] as const,
    ),
  ),
);
