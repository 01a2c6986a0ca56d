import type { StandInAnswer, StandInRequest, StandInWorld } from "../stand-in";
import type { Job, Space } from "./space";

/** A call of the Core API. */
export interface KineticCall {
  readonly space: Space;
  readonly world: StandInWorld;
  /** Performs a job that is queued. */
  readonly perform: (job: Job) => void;
  readonly request: StandInRequest;
  /** Of the path below /app/api/v1, and below the kapp where it names one, decoded. */
  readonly segments: readonly string[];
  /** Slug of the kapp; nothing for the space. */
  readonly kapp?: string | undefined;
}

export const ok = (body: unknown): StandInAnswer => ({ status: 200, body });

export const refuse = (
  { newId }: StandInWorld,
  statusCode: number,
  error: string,
  errorKey?: string,
): StandInAnswer => ({
  status: statusCode,
  body: { error, correlationId: newId(), statusCode, ...(errorKey !== undefined && { errorKey }) },
});

export const notFound = ({ world }: Pick<KineticCall, "world">, what: string): StandInAnswer =>
  refuse(world, 404, `Unable to locate the ${what}`);

/** The members of a body that is an object, else none. */
export const membersOf = (body: unknown): Readonly<Record<string, unknown>> =>
  typeof body === "object" && body !== null ? { ...body } : {};

/** The texts among some members of a body: a partial update leaves out the others. */
export const textsOf = <Name extends string>(
  body: unknown,
  names: readonly Name[],
): Partial<Record<Name, string>> => {
  const members = membersOf(body);
  const given = names.filter((name) => typeof members[name] === "string");
  return Object.fromEntries(given.map((name) => [name, members[name]])) as Partial<
    Record<Name, string>
  >;
};
