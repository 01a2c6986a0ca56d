import type { StandInAnswer, StandInRequest } from "../stand-in";
import { HEARTCORE_USER, type HeartcoreItem, type HeartcoreRecord } from "./project";

/** One call of either API, without the part of the path that tells them apart. */
export interface HeartcoreCall extends StandInRequest {
  /** Of the path, decoded: `["content", "type", "home"]`. */
  readonly segments: readonly string[];
  /** Where the API is, for links. */
  readonly root: string;
}

const CODES: Readonly<Record<number, string>> = {
  400: "BadRequest",
  401: "Unauthorized",
  404: "NotFound",
};

export const fail = (status: number, message: string): StandInAnswer => ({
  status,
  body: { error: { code: CODES[status] ?? "InternalServerError", message } },
});

export const denied = fail(401, "Authorization has been denied for this request.");

/** The alias of the project stands in a header or in the query. What the real one answers to a wrong one is assumed. */
export const namesProject = ({ headers, query }: HeartcoreCall): boolean =>
  (headers.get("umb-project-alias") ?? query.get("Umb-Project-Alias")) ===
  HEARTCORE_USER.projectAlias;

/** The key comes in its own header, or as the user name of HTTP Basic without a password. */
export const hasKey = ({ headers }: HeartcoreCall): boolean => {
  const { apiKey } = HEARTCORE_USER;
  const basic = `Basic ${Buffer.from(`${apiKey}:`).toString("base64")}`;
  return headers.get("api-key") === apiKey || headers.get("authorization") === basic;
};

const linkTo = (href: string) => ({ href });

/** A list in HAL. */
export const toList = (
  { root, segments }: HeartcoreCall,
  name: string,
  items: readonly (readonly [key: string, item: object])[],
): StandInAnswer => {
  const self = `${root}/${segments.join("/")}`;
  return {
    status: 200,
    body: {
      _links: { self: linkTo(self), [name]: items.map(([key]) => linkTo(`${self}/${key}`)) },
      _embedded: { [name]: items.map(([, item]) => item) },
    },
  };
};

/** As the delivery API shows it. */
export const toDelivered = (record: HeartcoreRecord, { root, segments }: HeartcoreCall) => ({
  ...record,
  _links: { self: linkTo(`${root}/${segments[0]}/${record._id}`) },
});

const PLAIN = ["_id", "_createDate", "_hasChildren", "_level", "contentTypeAlias", "sortOrder"];

/** As the management API shows it: every value that languages may tell apart under the invariant culture. */
export const toManaged = ({ record, state }: HeartcoreItem, { root }: HeartcoreCall) => {
  const entries = Object.entries(record).filter(([name]) => !/^_(creator|writer|url)/.test(name));
  return {
    _currentVersionState: { $invariant: state === "published" ? "PUBLISHED" : "DRAFT" },
    ...Object.fromEntries(
      entries.map(([name, value]) => [name, PLAIN.includes(name) ? value : { $invariant: value }]),
    ),
    _links: { self: linkTo(`${root}/content/${record._id}`) },
  };
};
