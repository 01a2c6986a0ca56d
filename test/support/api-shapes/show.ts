import { answer, type ReceivedCall } from "../subscription-world";
import { type Hook, toShownId } from "./hook-store";

/** As an API shows a hook: never its secret. */
export const show = ({ id, name, events, enabled, filter, endpointUrl, expiresAt }: Hook) => ({
  id: toShownId({ id, ...(name !== undefined && { name }) }),
  events,
  enabled,
  filter,
  url: endpointUrl,
  ...(expiresAt !== undefined && { expiresAt: new Date(expiresAt).toISOString() }),
});

/** The hooks after the one that is named, and the name of the last where there are more. */
export const showPage = (
  hooks: readonly Hook[],
  { query }: ReceivedCall,
  size: number,
  toShown: (hook: Hook) => object = show,
) => {
  const from = hooks.findIndex((hook) => toShownId(hook) === query.after) + 1;
  const page = hooks.slice(from, from + size);
  const last = page.at(-1);
  return answer(200, {
    hooks: page.map(toShown),
    ...(last && hooks.length > from + size && { next: toShownId(last) }),
  });
};
