import { type Fields, invalidField } from "../../../connections/connection";
import type { HooklineError } from "../../../errors";
import { sqsQueue } from "./connection";

export interface SqsSettings {
  readonly region: string;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
  readonly endpoint: URL | undefined;
}

const invalid = (name: string, advice: string): HooklineError =>
  invalidField(sqsQueue, name, advice);

const readRequired = (fields: Fields, name: string): string => {
  const text = fields[name]?.trim() ?? "";
  if (text === "") throw invalid(name, "it is empty.");
  return text;
};

const readRegion = (fields: Fields): string => {
  const region = readRequired(fields, "region");
  if (/^[a-z0-9-]{1,63}$/.test(region)) return region;
  throw invalid("region", "enter the code of a region, such as eu-central-1.");
};

const readEndpoint = (fields: Fields): URL | undefined => {
  const text = fields.endpoint?.trim() ?? "";
  if (text === "") return undefined;
  const advice = "enter a URL that begins with https:// or http://, or nothing.";
  if (!URL.canParse(text)) throw invalid("endpoint", advice);
  const endpoint = new URL(text);
  if (!/^https?:$/.test(endpoint.protocol)) throw invalid("endpoint", advice);
  if (endpoint.username + endpoint.password !== "")
    throw invalid("endpoint", "leave out the user name and password.");
  return endpoint;
};

/** @throws HooklineError CONNECTION_INVALID */
export const readSqsSettings = (fields: Fields): SqsSettings => {
  const sessionToken = fields.sessionToken?.trim() ?? "";
  return {
    region: readRegion(fields),
    credentials: {
      accessKeyId: readRequired(fields, "accessKeyId"),
      secretAccessKey: readRequired(fields, "secretAccessKey"),
      ...(sessionToken === "" ? {} : { sessionToken }),
    },
    endpoint: readEndpoint(fields),
  };
};
