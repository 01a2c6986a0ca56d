import { createHash } from "node:crypto";

/** Over UTF-16, because UTF-8 makes the same of all lone surrogates. */
const hash = (text: string): string =>
  createHash("sha256").update(Buffer.from(text, "utf16le")).digest("hex");

/** SQS takes 128 characters of ASCII for either; keys are longer and of any characters. */
export const toGroupId = (orderingKey: string): string => hash(orderingKey);

export const toDedupeId = (dedupeKey: string): string => hash(dedupeKey);

/** Setting aside the same message again inside the dedupe window makes no second dead letter. */
export const toAsideDedupeId = (messageId: string): string => hash(`aside\n${messageId}`);

/** Redriving the same dead letter again inside the dedupe window makes no second message. */
export const toRedriveDedupeId = (messageId: string): string => hash(`redrive\n${messageId}`);
