import type { ParsedBody } from "../events/body";
import type { Reply } from "../http/reply";
import type { RejectionReason } from "../signatures/verdict";
import type { Delivery } from "./delivery";

/** What became of one request. */
export type Outcome =
  | {
      readonly kind: "accepted";
      readonly delivery: Delivery;
      readonly body: ParsedBody;
      /** Absent where the host's default reply is good enough for the provider. */
      readonly reply?: Reply;
    }
  | {
      readonly kind: "challenge";
      readonly delivery: Delivery;
      readonly reply: Reply;
    }
  | {
      readonly kind: "rejected";
      readonly reason: RejectionReason;
      readonly detail: string;
      readonly delivery: Delivery;
      /** Present where the provider insists on a reply to what is refused. */
      readonly reply?: Reply;
    };
