import type { StandInAnswer } from "../stand-in";
import { type KineticCall, membersOf, notFound, ok, textsOf } from "./answers";
import type { Submission } from "./space";

/** The members of a submission's body are not documented; these are assumed. */
const tell = ({ world }: KineticCall, { form, ...submission }: Submission, action: string) =>
  world.fire(`Submission ${action}`, {
    event: { action, type: "Submission" },
    space: { slug: "acme" },
    kapp: form.kapp,
    form: { slug: form.slug },
    submission,
  });

const valuesOf = (body: unknown): Readonly<Record<string, unknown>> =>
  membersOf(membersOf(body).values);

/** One that is made as submitted fires Created, and not Submitted. */
const create = (call: KineticCall): StandInAnswer => {
  const { space, world, request, segments, kapp = "" } = call;
  const { coreState = "Draft" } = textsOf(request.body, ["coreState"]);
  const form = { slug: segments[1] ?? "", kapp: { slug: kapp } };
  const made = { id: world.newId(), coreState, values: valuesOf(request.body), form };
  space.submissions.set(made.id, made);
  tell(call, made, "Created");
  return ok({ submission: made });
};

const change = (call: KineticCall, before: Submission): StandInAnswer => {
  const { method, body } = call.request;
  const { coreState = before.coreState } = textsOf(body, ["coreState"]);
  const after = { ...before, coreState, values: { ...before.values, ...valuesOf(body) } };
  call.space.submissions.set(after.id, after);
  const isSubmitted = before.coreState === "Draft" && coreState === "Submitted";
  if (method !== "PATCH") tell(call, after, isSubmitted ? "Submitted" : "Updated");
  return ok({ submission: after });
};

/** POST /kapps/{slug}/forms/{slug}/submissions */
export const answerForms = (call: KineticCall): StandInAnswer =>
  call.kapp !== undefined && call.request.method === "POST" && call.segments[2] === "submissions"
    ? create(call)
    : notFound(call, "resource");

/** GET, PUT, PATCH and DELETE /submissions/{id}. PATCH fires nothing. */
export const answerSubmissions = (call: KineticCall): StandInAnswer => {
  const { submissions } = call.space;
  const submission = submissions.get(call.segments[1] ?? "");
  if (!submission) return notFound(call, "submission");
  const { method } = call.request;
  if (method === "PUT" || method === "PATCH") return change(call, submission);
  if (method === "DELETE") {
    submissions.delete(submission.id);
    tell(call, submission, "Deleted");
  }
  return ok({ submission });
};
