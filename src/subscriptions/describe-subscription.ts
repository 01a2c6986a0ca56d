import type { ApiSubscription, Subscription } from "./subscription";

const MAKERS: Readonly<Record<ApiSubscription["secret"], string>> = {
  ours: "made here, random, and given to the provider",
  returned: "made by the provider and told once",
  connection: "the app's own, a field of the connection",
};

const describeChange = ({ update, isUnique }: ApiSubscription): string => {
  if (update) return "changed in place";
  return isUnique ? "removed and made anew" : "replaced, the new one first";
};

const describeLife = ({ lifetimeSeconds, renew }: ApiSubscription): string => {
  if (lifetimeSeconds === undefined) return "does not expire";
  const life =
    typeof lifetimeSeconds === "number"
      ? `${lifetimeSeconds} seconds`
      : "as long as what it is for allows";
  return `lives ${life} and is ${renew ? "renewed" : "made anew"} at half of that`;
};

/** How a provider is subscribed to, for people: a fact a line. */
export const describeSubscription = (subscription: Subscription): readonly string[] => {
  const inputs = Object.values(subscription.inputs).map(({ label }) => label);
  const common = [
    `connection ${subscription.access.connection.label}`,
    `inputs: ${inputs.join(", ")}`,
  ];
  if (subscription.kind === "manual")
    return [`made by hand under ${subscription.place}, because there is no API for it`, ...common];
  return [
    `made on deploy, ${describeChange(subscription)}, removed on delete; ${describeLife(subscription)}`,
    ...common,
    `signing secret: ${MAKERS[subscription.secret]}`,
    ...(subscription.list
      ? []
      : ["the API lists nothing: see the limits in docs/subscriptions.md"]),
  ];
};
