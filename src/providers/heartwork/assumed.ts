/**
 * What nothing public says about the webhooks of Heart.work's Core API, in one place. Stated at
 * https://docs.api.heart.work/features/webhooks are the path of the topics and which settings a webhook has
 * (delivery endpoint, `skipSystem`, headers, enabled). Assumed are every other path, all other names, the
 * shape of every answer and how lists are paged; so what is read may have any of several shapes.
 */
import { type ApiAnswer, path } from "../../http/api-request";
import { isJsonObject } from "../../http/json-object";
import { readPath, toText } from "../../http/json-path";

/** Stated. */
export const TOPICS = "/core-api/webhooks/topics";
/** Assumed. */
export const WEBHOOKS = "/core-api/webhooks";
export const toWebhookPath = (id: string): string => `${WEBHOOKS}${path`/${id}`}`;

/** The Commerce API's default; assumed of the Core API. */
const PAGE_SIZE = 100;

const LISTS = ["", "items", "data", "results", "topics", "webhooks", "data.items"] as const;
const TOTALS = ["total", "totalCount", "total_count", "data.total"] as const;
const SINGLES = ["data", "webhook", "item", "result", ""] as const;

const toPlainName = (name: string): string => name.replaceAll(/[_-]/g, "").toLowerCase();

/** The first of the members that is there, however its name is cased: `deliveryEndpoint` is also `delivery_endpoint`. */
const readMember = (value: unknown, names: readonly string[]): unknown => {
  if (!isJsonObject(value)) return undefined;
  const members = new Map(
    Object.entries(value).map(([name, member]) => [toPlainName(name), member]),
  );
  return names.map((name) => members.get(name)).find((member) => member != null);
};

const readTextMember = (value: unknown, names: readonly string[]): string =>
  toText(readMember(value, names)) ?? "";

const NAMES = ["topic", "atomic", "name", "topicname", "atomicname"];

/** An atomic is named by a text, or by an object that has it as its name. */
const readName = (value: unknown): string => {
  const name = readMember(value, NAMES) ?? value;
  return toText(name) ?? readTextMember(name, NAMES);
};

/** Where a list goes on: after so many items, nothing where it has ended. */
const readNext = (data: unknown, count: number, from: number): string | undefined => {
  const total = TOTALS.map((at) => readPath(data, at)).find((value) => typeof value === "number");
  const isMore = typeof total === "number" ? from + count < total : count >= PAGE_SIZE;
  return isMore && count > 0 ? String(from + count) : undefined;
};

/** The first page is asked for without parameters, which no API minds. */
export const toPageQuery = (page: string | undefined) =>
  page === undefined ? {} : { skip: page, take: PAGE_SIZE };

export const readPage = (data: unknown, page = "0") => {
  const list = LISTS.map((at) => readPath(data, at)).find(Array.isArray);
  const items: readonly unknown[] = list ?? [];
  return { items, next: readNext(data, items.length, Number(page)) };
};

export interface Topic {
  readonly name: string;
  /** Whether it is declared as a read operation. */
  readonly isRead: boolean;
}

export const readTopic = (item: unknown): Topic => ({
  name: readName(item),
  isRead: /^get$/i.test(readTextMember(item, ["method", "httpmethod", "verb"])),
});

/** A list of names and values, or a map; names in lower case. Nothing where no headers are shown. */
const readHeaders = (value: unknown): Readonly<Record<string, string>> | undefined => {
  if (!isJsonObject(value) && !Array.isArray(value)) return undefined;
  const pairs = Array.isArray(value)
    ? value.map((item) => [
        readTextMember(item, ["key", "name", "header"]),
        readTextMember(item, ["value"]),
      ])
    : Object.entries(value).map(([name, text]) => [name, toText(text) ?? ""]);
  return Object.fromEntries(pairs.map(([name = "", text = ""]) => [name.toLowerCase(), text]));
};

export interface Webhook {
  readonly topic: string;
  readonly deliveryEndpoint: string;
  readonly skipSystem: boolean;
  readonly headers: Readonly<Record<string, string>>;
  readonly enabled: boolean;
}

/** A webhook as it is sent; all of it also when one thing changes, because a PUT may replace the whole. */
export const toWebhookBody = ({ headers, ...webhook }: Webhook) => ({
  ...webhook,
  headers: Object.entries(headers).map(([key, value]) => ({ key, value })),
});

const readFlag = (item: unknown, names: readonly string[]): boolean | undefined => {
  const value = readMember(item, names);
  return typeof value === "boolean" ? value : undefined;
};

/** What an answer shows of one webhook; what it does not show is left out. */
export const readWebhook = (item: unknown) => ({
  id: readTextMember(item, ["id", "webhookid", "uuid"]),
  topic: readName(item),
  deliveryEndpoint: readTextMember(item, ["deliveryendpoint", "endpoint", "url"]),
  skipSystem: readFlag(item, ["skipsystem"]),
  headers: readHeaders(readMember(item, ["headers"])),
  enabled: readFlag(item, ["enabled", "isenabled", "active"]),
});

/** The id in the answer to a create: of the webhook, which may be wrapped, else the end of the Location. */
export const readMadeId = ({ data, headers }: ApiAnswer): string => {
  const shown = SINGLES.map((at) => readWebhook(readPath(data, at)).id).find((id) => id !== "");
  const bare = typeof data === "string" || typeof data === "number" ? String(data) : "";
  const located = headers.get("location")?.split(/[?#]/)[0]?.split("/").at(-1) ?? "";
  return shown ?? (located || bare);
};
