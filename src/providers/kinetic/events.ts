import { HooklineError } from "../../errors";
import { type ApiAnswer, type ApiRequest, get, path } from "../../http/api-request";
import { isJsonObject } from "../../http/json-object";
import type { Settings } from "../../subscriptions/setting";
import { notASpace } from "./access";
import { toWorkflowName } from "./workflow-names";

/** What a webhook fires on, in the platform's own two parts: `Submission` and `Submitted`. */
export interface KineticEvent {
  readonly type: string;
  readonly event: string;
}

const TWO_WORDS = /^(Datastore (?:Form|Submission)) (.+)$/;
const ONE_WORD = /^(\S+) (.+)$/;

/** Splits "Submission Submitted". The part that is missing is empty. */
export const toEvent = (text: string): KineticEvent => {
  const [, type = text, event = ""] = TWO_WORDS.exec(text) ?? ONE_WORD.exec(text) ?? [];
  return { type, event };
};

export const toEventText = ({ type, event }: KineticEvent): string => `${type} ${event}`;

export const requestEvents = ({ scope = "" }: Settings): ApiRequest =>
  get(path`/meta/webhooks/events/${String(scope)}`);

/** Whether its text can be split into the same two parts again. */
const isTellable = (listed: KineticEvent): boolean =>
  toEvent(toEventText(listed)).type === listed.type;

/**
 * The answer maps each type to its events.
 *
 * @throws HooklineError CONNECTION_INVALID for any other answer, such as the page of another server.
 */
export const readEvents = ({ data }: ApiAnswer): readonly KineticEvent[] => {
  if (!isJsonObject(data)) throw notASpace("webhook events");
  return Object.entries(data)
    .flatMap(([type, events]) =>
      Array.isArray(events) ? events.map((event) => ({ type, event: String(event) })) : [],
    )
    .filter(isTellable);
};

/** "Submission Submitted", with the place where the platform expects its workflow. */
export const toEventLabel = (listed: KineticEvent): string => {
  const text = toEventText(listed);
  const workflow = toWorkflowName(listed.type, listed.event);
  return workflow ? `${text} (workflow: ${workflow.group} :: ${workflow.name})` : text;
};

/** @throws HooklineError INPUT_INVALID, because the platform accepts a wrong event and then never fires. */
export const checkEvents = (listed: readonly string[], { scope, events = [] }: Settings): void => {
  const wrong = (events as readonly string[]).find((event) => !listed.includes(event));
  if (wrong === undefined) return;
  throw new HooklineError(
    "INPUT_INVALID",
    `Events: the platform has no event "${wrong}" for a webhook of the ${scope}. Choose from: ${listed.join(", ")}.`,
  );
};
