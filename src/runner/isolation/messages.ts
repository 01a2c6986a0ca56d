import type { ScopeKeys } from "../platform/state-scopes";
import type { PlatformUnknowns } from "../platform/unknowns";
import type { ComponentDescription } from "./component-description";
import type { LifecycleHook } from "./lifecycle-hook";

/** What the runner and the process that runs the component say to each other; everything is JSON, bodies follow as bytes. */
export interface ToGuest {
  readonly setup?: GuestSetup;
  readonly flows?: readonly GuestFlow[];
  /** The flows were deployed before, so there is nothing new to say of them. */
  readonly areRestored?: true;
  /** Newest value of each state scope that changed since the last message, as JSON text. */
  readonly state?: Readonly<Record<string, string>>;
  readonly runs?: readonly RunCall[];
  readonly hook?: HookCall;
  /** Wants a hook's report as soon as everything before it has been taken in. */
  readonly isAsking?: true;
}

export interface FromGuest {
  /** How many messages this guest has received so far; everything in them was started. */
  readonly acknowledged?: number;
  readonly components?: readonly ComponentDescription[];
  readonly failure?: { readonly code: string; readonly message: string };
  readonly reports?: readonly RunReport[];
  readonly hook?: HookReport;
  readonly logs?: readonly LogLine[];
  /** Last words of a component that is about to stop. */
  readonly stopping?: string;
}

export interface GuestSetup {
  readonly bundles: readonly string[];
  readonly unknowns: PlatformUnknowns;
  readonly stateBytes: number;
}

export interface GuestFlow {
  /** What runs and hooks name it by; the same after a redeploy, also under another name. */
  readonly key: string;
  readonly name: string;
  readonly component: string;
  readonly trigger: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** The part of the context that is the same for every run. */
  readonly context: FlowContext;
  readonly state: ScopeKeys;
}

export interface FlowContext {
  readonly configVars: Readonly<Record<string, unknown>>;
  readonly stepId: string;
  readonly stepName: string;
  readonly webhookUrls: Readonly<Record<string, string>>;
  readonly webhookApiKeys: Readonly<Record<string, readonly string[]>>;
  readonly invokeUrl: string;
  readonly customer: Readonly<Record<string, string>>;
  readonly instance: Readonly<Record<string, string>>;
  readonly user: Readonly<Record<string, string>>;
  readonly integration: Readonly<Record<string, string>>;
  readonly flow: { readonly id: string; readonly name: string; readonly stableId: string };
}

export interface RunCall {
  readonly run: number;
  /** The key of the flow. */
  readonly flow: string;
  readonly executionId: string;
  readonly startedAt: string;
  /** What follows the endpoint in the URL, as sent: `my/path`, `a=1&b=2`. */
  readonly pathFragment: string;
  readonly query: string;
  /** Name, value, name, value, … as sent. */
  readonly rawHeaders: readonly string[];
  readonly bodyBytes: number;
}

export interface Answer {
  readonly status: number;
  /** Name, value, name, value, … */
  readonly headers: readonly string[];
  readonly body: string;
}

/** What a trigger said about the delivery, where it says so in `payload.delivery`. */
export interface DeliverySummary {
  readonly provider: string | null;
  readonly type: string | null;
  readonly verified: boolean | null;
  readonly reason: string | null;
}

export interface RunReport {
  readonly run: number;
  readonly answer: Answer;
  /** False where the trigger threw or never ran: nothing behind it would have run either. */
  readonly flowRan: boolean;
  readonly branch: string | null;
  readonly failure: string | null;
  readonly delivery: DeliverySummary | null;
  /** State scopes that the run changed, whole, as JSON text. */
  readonly state?: Readonly<Record<string, string>>;
}

export interface HookCall {
  readonly hook: LifecycleHook;
  /** The key of the flow. */
  readonly flow: string;
  readonly executionId: string;
  readonly startedAt: string;
}

export interface HookReport {
  readonly failure: string | null;
  readonly state?: Readonly<Record<string, string>>;
}

export interface LogLine {
  readonly level: string;
  readonly flow: string | null;
  readonly text: string;
}
