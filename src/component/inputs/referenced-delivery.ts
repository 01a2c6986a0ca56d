import { HooklineError } from "../../errors";
import { isJsonObject } from "../../http/json-object";

/** `payload.delivery` as it came through a step, where anything may have happened to it. */
export interface ReferencedDelivery extends Readonly<Record<string, unknown>> {
  readonly provider: string;
}

const parse = (value: unknown): unknown => {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
};

/** A delivery as a flow hands it over: an object, or its JSON. @throws HooklineError INPUT_INVALID */
export const readReferencedDelivery = (value: unknown): ReferencedDelivery => {
  const delivery = parse(value);
  if (!isJsonObject(delivery) || typeof delivery.provider !== "string")
    throw new HooklineError(
      "INPUT_INVALID",
      "Delivery: reference payload.delivery of the trigger's results.",
    );
  return { ...delivery, provider: delivery.provider };
};
