import type { StandInAnswer, StandInRequest } from "../stand-in";

export const API = "/umbraco/management/api/v1/";

/** A call of the Management API, its path below `API` in decoded segments. */
export interface UmbracoCall extends Omit<StandInRequest, "path"> {
  readonly segments: readonly string[];
  readonly now: Date;
}

export const ok = (body?: unknown): StandInAnswer => ({ status: 200, body });

/** ProblemDetails */
export const refuse = (
  status: number,
  title: string,
  more: Readonly<Record<string, unknown>> = {},
): StandInAnswer => ({
  status,
  headers: { "content-type": "application/problem+json" },
  body: { type: "Error", title, status, ...more },
});

export const invalid = (errors: Readonly<Record<string, readonly string[]>>): StandInAnswer =>
  refuse(400, "One or more validation errors occurred.", { errors });

export const notFound = (title: string): StandInAnswer => refuse(404, title);

/** What `skip` and `take` choose. */
export const toPage = <Item>(items: readonly Item[], query: URLSearchParams): readonly Item[] => {
  const skip = Number(query.get("skip") ?? 0);
  return items.slice(skip, skip + Number(query.get("take") ?? 100));
};

export const paged = (items: readonly unknown[], query: URLSearchParams): StandInAnswer =>
  ok({ total: items.length, items: toPage(items, query) });
