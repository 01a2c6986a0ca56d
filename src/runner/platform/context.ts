import type { FlowContext } from "../isolation/messages";
import type { StateScopes } from "./state-scopes";

/** What `context.logger` writes through; spectral adds nothing to it. */
export type Logger = Readonly<Record<(typeof LOG_LEVELS)[number], (...values: unknown[]) => void>>;

const LOG_LEVELS = ["metric", "trace", "debug", "info", "log", "warn", "error"] as const;

export const createLogger = (write: (level: string, values: readonly unknown[]) => void): Logger =>
  Object.fromEntries(
    LOG_LEVELS.map((level) => [level, (...values: unknown[]) => write(level, values)]),
  ) as Logger;

export interface ExecutionMoment {
  readonly executionId: string;
  readonly startedAt: string;
  /** The trigger or lifecycle function that runs. */
  readonly componentActionKey: string;
}

/**
 * The first argument of perform functions and lifecycle functions, as the platform gives it: without
 * `debug` and `invokeFlow`, which spectral adds inside the bundle.
 */
export const toContext = (
  flow: FlowContext,
  moment: ExecutionMoment,
  scopes: StateScopes,
  logger: Logger,
): Record<string, unknown> => ({
  logger,
  ...scopes,
  configVars: flow.configVars,
  stepId: flow.stepId,
  executionId: moment.executionId,
  webhookUrls: flow.webhookUrls,
  webhookApiKeys: flow.webhookApiKeys,
  invokeUrl: flow.invokeUrl,
  customer: flow.customer,
  instance: flow.instance,
  user: flow.user,
  integration: flow.integration,
  flow: flow.flow,
  startedAt: moment.startedAt,
  executionFrame: {
    invokedByExecutionJWT: "",
    invokedByExecutionStartedAt: "",
    componentActionKey: moment.componentActionKey,
    executionId: moment.executionId,
    executionStartedAt: moment.startedAt,
    stepName: flow.stepName,
    loopPath: "",
  },
  flowSchemas: {},
  components: {},
  globalDebug: false,
  isSimulatedTestExecution: false,
});
