import { type Connection, dataSource, input } from "@prismatic-io/spectral";
import { readListing } from "../../subscriptions/read-listing";
import type { Settings } from "../../subscriptions/setting";
import type { Choices, Subscription } from "../../subscriptions/subscription";
import { withApi } from "../api-connection";
import { toConnection } from "../inputs/clean";
import { toSettingInputs } from "../inputs/settings";
import { subscribableProviders } from "../managed/subscribables";

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
      const result = await withApi(
        access,
        connection as Connection | undefined,
        ({ send, secrets }) =>
          readListing(send, {
            listing: choices.listing,
            input: settings as Settings,
            what: choices.label.toLowerCase(),
            secrets,
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
