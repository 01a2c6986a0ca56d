import { HooklineError } from "../../errors";
import { get } from "../../http/api-request";
import type { Listing } from "../../subscriptions/call";
import type { Settings } from "../../subscriptions/setting";
import type { Check, Choices } from "../../subscriptions/subscription";
import { readPage, readTopic, TOPICS, type Topic, toPageQuery } from "./assumed";

const WHERE_TO_LOOK = "Heart.work One shows the registered ones under Data Studio > Webhooks.";

const invalid = (problem: string) => new HooklineError("INPUT_INVALID", `Topics: ${problem}`);

const listTopics = <Item>(toItem: (topic: Topic) => Item | undefined): Listing<unknown, Item> => ({
  request: (_input, page) => get(TOPICS, toPageQuery(page)),
  read: ({ data }, _input, page) => {
    const { items, next } = readPage(data, page);
    const topics = items.map(readTopic).filter(({ name }) => name !== "");
    return { items: topics.map(toItem).filter((item) => item !== undefined), next };
  },
});

/** A name alone does not tell a read operation from a write operation; this is a reason to look twice, no more. */
const looksLikeRead = (name: string): boolean => /^Get(?=[A-Z])/.test(name);

const toChoice = ({ name, isRead }: Topic) => {
  if (isRead) return undefined;
  return {
    key: name,
    label: looksLikeRead(name) ? `${name} (a read operation by its name)` : name,
  };
};

export const topicChoices: Choices = {
  label: "Heart.work Topics",
  description: "The topics (atomics) that can be subscribed to in the workspace.",
  listing: listTopics(toChoice),
  example: { key: "CreateSalesOrder", label: "CreateSalesOrder" },
};

const READ = "GET ";

const checkTopic = (topic: string, listed: readonly string[]): void => {
  if (listed.includes(topic)) return;
  if (listed.includes(`${READ}${topic}`))
    throw invalid(
      `"${topic}" is a read operation (GET), and webhooks tell only of changes. Choose a topic (atomic) that writes: POST, PUT or DELETE.`,
    );
  const meant = listed.find((name) => name.toLowerCase() === topic.toLowerCase());
  throw invalid(
    meant === undefined
      ? `"${topic}" is not among the topics (atomics) of this workspace. Check its spelling; if it is right, ask your account manager to enable it for the workspace. ${WHERE_TO_LOOK}`
      : `there is no "${topic}"; the topic (atomic) of this workspace is written "${meant}".`,
  );
};

/** The list may be limited to a few topics for each workspace, so it decides. */
export const topicCheck: Check = {
  listing: listTopics(({ name, isRead }) => (isRead ? `${READ}${name}` : name)),
  verify: (listed: readonly string[], { topics }: Settings) => {
    if (listed.length === 0)
      throw invalid(
        `Heart.work lists no topics (atomics) for this workspace. Check the connection's workspace, and ask your account manager to enable topics for it. ${WHERE_TO_LOOK}`,
      );
    for (const topic of topics as readonly string[]) checkTopic(topic, listed);
  },
};
