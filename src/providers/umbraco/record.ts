import { get, path } from "../../http/api-request";
import type { RecordFetch } from "../../subscriptions/subscription";
import { API } from "./api";
import { toEventKind } from "./events";

type Subject = "document" | "document-blueprint" | "media";

const toSubject = (type: string): Subject | undefined => {
  const kind = toEventKind(type);
  if (kind === "Media") return "media";
  if (kind !== "Content") return undefined;
  return /blueprint$/i.test(type) ? "document-blueprint" : "document";
};

/** Deliveries about deleted and unpublished items, and every one with minimal payloads, carry little more than an id. */
export const fetchRecord: RecordFetch = {
  request: ({ type, orderingKey }) => {
    const subject = toSubject(type);
    if (!subject || !orderingKey) return undefined;
    return {
      request: () => get(`${API}/${subject}${path`/${orderingKey}`}`),
      read: ({ data }) => data,
    };
  },
};
