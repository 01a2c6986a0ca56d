import type { Fields } from "../connections/connection";
import { type Access, baseUrlOr, toBasic } from "./access";
import { fillText } from "./fill-template";
import { providerApi } from "./provider-api";

const usualHeaders = (fields: Fields): Readonly<Record<string, string>> => {
  const { token, username, password = "" } = fields;
  if (token) return { authorization: `Bearer ${token}` };
  return username ? { authorization: toBasic(username, password) } : {};
};

/** Access to an API whose headers are described by hand; the usual ones for a token or a user where none are. */
export const toTemplateAccess = (headers: Readonly<Record<string, string>>): Access => ({
  connection: providerApi,
  requires: ["baseUrl"],
  baseUrl: baseUrlOr(""),
  headers: (fields) => {
    const { token = "", username = "", password = "" } = fields;
    const values = { token, username, password, basic: toBasic(username, password) };
    const entries = Object.entries(headers).map(
      ([name, value]) => [name.toLowerCase(), fillText(value, values, "API Headers")] as const,
    );
    return entries.length > 0 ? Object.fromEntries(entries) : usualHeaders(fields);
  },
});
