import type { Connection } from "@prismatic-io/spectral";
import type { Fields } from "../../connections/connection";

const toText = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" ? String(value).trim() : "";

/** A connection's fields as text. The access token of an OAuth connection stands in for the field `token`. */
export const readFields = (connection: Connection | undefined): Fields => {
  const { fields = {}, token } = connection ?? {};
  const texts = Object.entries(fields).map(([name, value]) => [name, toText(value)] as const);
  const accessToken = toText(token?.access_token);
  return { ...Object.fromEntries(texts), ...(accessToken !== "" && { token: accessToken }) };
};
