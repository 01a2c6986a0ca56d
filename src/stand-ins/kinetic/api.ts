import type { StandInAnswer } from "../stand-in";
import { type KineticCall, notFound, ok, refuse } from "./answers";
import { answerJobs } from "./job-routes";
import { answerForms, answerSubmissions } from "./submission-routes";
import { answerMeta, answerWebhooks } from "./webhook-routes";

/** As on a server of one's own; in the cloud the space is part of the host. */
export const KINETIC_SPACE = "/kinetic/acme";
const BASE = `${KINETIC_SPACE}/app/api/v1/`;

export const KINETIC_USER = {
  username: "integration@example.com",
  password: "the-stand-ins-password",
} as const;

const { username, password } = KINETIC_USER;
const AUTHORIZATION = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;

const listKapps = ({ space }: KineticCall): StandInAnswer =>
  ok({ kapps: space.kapps.map((slug) => ({ slug, name: slug })), nextPageToken: null });

const ROUTES: Readonly<Record<string, (call: KineticCall) => StandInAnswer>> = {
  me: () => ok({ username, displayName: "Integration", enabled: true, spaceAdmin: true }),
  kapps: listKapps,
  meta: answerMeta,
  webhooks: answerWebhooks,
  webhookJobs: answerJobs,
  forms: answerForms,
  submissions: answerSubmissions,
};

const route = (call: KineticCall): StandInAnswer => {
  const [resource = ""] = call.segments;
  const answer = Object.hasOwn(ROUTES, resource) ? ROUTES[resource] : undefined;
  return answer ? answer(call) : notFound(call, "resource");
};

/** The Core API of a space, as far as Hookline uses it. https://github.com/kineticdata/kinetic-platform-ai-skills/blob/main/oas/core.json */
export const answerKinetic = (call: Omit<KineticCall, "segments" | "kapp">): StandInAnswer => {
  const { space, world, request } = call;
  if (!request.path.startsWith(BASE)) return notFound(call, "space");
  if (request.headers.get("authorization") !== AUTHORIZATION)
    return refuse(world, 401, "Credentials are required to access this resource.");
  const segments = request.path.slice(BASE.length).split("/").map(decodeURIComponent);
  const [first, kapp, ...rest] = segments;
  if (first !== "kapps" || kapp === undefined) return route({ ...call, segments });
  return space.kapps.includes(kapp)
    ? route({ ...call, segments: rest, kapp })
    : notFound(call, "kapp");
};
