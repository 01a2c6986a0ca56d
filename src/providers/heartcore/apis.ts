import { get, path } from "../../http/api-request";
import { type Access, baseUrlOr } from "../../subscriptions/access";
import type { RecordFetch } from "../../subscriptions/subscription";
import { connection } from "./connection";

/** https://docs.umbraco.com/umbraco-heartcore/api-documentation */
export const managementApi: Access = {
  connection,
  requires: ["projectAlias", "apiKey"],
  baseUrl: baseUrlOr("https://api.umbraco.io"),
  headers: ({ projectAlias = "", apiKey = "" }) => ({
    "umb-project-alias": projectAlias,
    "api-version": "2",
    "api-key": apiKey,
  }),
};

/** The key is needed only where the project protects this API. */
const deliveryApi: Access = {
  connection,
  requires: ["projectAlias"],
  baseUrl: ({ deliveryUrl = "" }) => baseUrlOr("https://cdn.umbraco.io")({ baseUrl: deliveryUrl }),
  headers: ({ projectAlias = "", apiKey = "" }) => ({
    "umb-project-alias": projectAlias,
    "api-version": "2.3",
    ...(apiKey !== "" && { "api-key": apiKey }),
  }),
};

/** Whole content as it is published now, at most. https://docs.umbraco.com/umbraco-heartcore/api-documentation/content-delivery */
export const fetchRecord: RecordFetch = {
  access: deliveryApi,
  request: ({ type, orderingKey: id }) => {
    if (id === null) return undefined;
    const isMedia = type.startsWith("media.");
    return {
      request: () => get(isMedia ? path`/media/${id}` : path`/content/${id}`),
      read: ({ data }) => data,
    };
  },
};
