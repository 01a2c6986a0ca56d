/**
 * Questions about Prismatic that no public text settles. Each is a switch here, with the answer the
 * runner gives and why; nothing else in the runner guesses. `startRunner({ unknowns })` overrides any.
 */
export interface PlatformUnknowns {
  /** Status of a trigger that throws. An older page says 400 for synchronous flows; asynchronous ones are not described. */
  readonly throwStatus: number;
  /** Methods that reach a trigger. The documentation lists these five; HEAD and OPTIONS are not mentioned, so they get 405. */
  readonly answeredMethods: readonly string[];
  /** Status of a request without the API key that its flow asks for. Not stated; 401 is what the header's purpose suggests. */
  readonly missingKeyStatus: number;
  /** What joins a header that came several times. Not stated; RFC 9110 joins with a comma. */
  readonly repeatedHeaderSeparator: string;
  /** Which value of a repeated query parameter stays. Not stated; AWS API Gateway, which serves the endpoints, keeps the last. */
  readonly repeatedQueryParameter: "first" | "last";
  /** Whether `pathFragment` is percent-decoded. Not stated; examples have nothing to decode. */
  readonly decodesPathFragment: boolean;
  /** Whether callers' own `prismatic-*` headers are dropped at the edge. Not stated; cross-flow calls need them, so they stay. */
  readonly dropsPrismaticHeaders: boolean;
  /** Whether `+json` types are parsed, and refused when malformed, like `application/json`. Only the latter is documented. */
  readonly parsesJsonSuffix: boolean;
  /** How text, XML, CSV and form bodies arrive in `body.data`. Built-in components accept both; string is the friendlier one. */
  readonly textBody: "string" | "buffer";
  /** `body.data` of an empty body. Not stated; an empty string is what spectral's converters digest best. */
  readonly emptyBodyData: "" | null | undefined;
  /** Whether a response body that is not a string is sent as JSON. Contract says string; a shipped component sends an object. */
  readonly sendsObjectBodyAsJson: boolean;
  /** Whether `onInstanceDeploy` may save `instanceState`, and `onInstanceDelete` read it. Two official texts disagree; the stricter answer is safe on both. */
  readonly deployHookSavesInstanceState: boolean;
  /** Whether a throwing `webhookLifecycleHandlers.create` stops the deploy, as a throwing `onInstanceDeploy` does. Not stated. */
  readonly createErrorBlocksDeploy: boolean;
  /** What is served after a redeploy that failed. Not stated; a deploy that is blocked changes nothing, or so it reads. */
  readonly failedRedeployServes: "before" | "after";
  /** Whether the delete functions run for a flow that a redeploy no longer has. Not stated; the stricter answer shows what would be left behind. */
  readonly redeployCleansUpRemovedFlows: boolean;
  /** Whether a throwing `onInstanceDelete` or `webhookLifecycleHandlers.delete` keeps the instance from being deleted. Prismatic's advice to authors says so; the documentation does not. */
  readonly deleteErrorBlocksDelete: boolean;
  /** Status of a request for a deleted instance. Not stated; 410 would make some providers unsubscribe by themselves. */
  readonly deletedStatus: number;
  /** Status of a request for a disabled instance. The documentation says that it does not "respond to webhook invocations"; something must be sent. */
  readonly disabledStatus: number;
  /** Whether disabling runs `webhookLifecycleHandlers.delete`, and enabling `create`. A changelog says so (2025-11-20), the documentation's page does not. */
  readonly disableDeletesWebhooks: boolean;
}

export const platformUnknowns: PlatformUnknowns = {
  throwStatus: 400,
  answeredMethods: ["POST", "PUT", "PATCH", "DELETE", "GET"],
  missingKeyStatus: 401,
  repeatedHeaderSeparator: ", ",
  repeatedQueryParameter: "last",
  decodesPathFragment: false,
  dropsPrismaticHeaders: false,
  parsesJsonSuffix: false,
  textBody: "string",
  emptyBodyData: "",
  sendsObjectBodyAsJson: true,
  deployHookSavesInstanceState: false,
  createErrorBlocksDeploy: true,
  failedRedeployServes: "before",
  redeployCleansUpRemovedFlows: false,
  deleteErrorBlocksDelete: true,
  deletedStatus: 404,
  disabledStatus: 404,
  disableDeletesWebhooks: true,
};
