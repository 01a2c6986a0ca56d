import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { checkVariables } from "./check-variables";

/** One request of prism's, with the status it was answered with. */
interface Exchange {
  /** `whoami`, `component`, `publishComponent`, or `PUT package`. */
  readonly name: string;
  readonly headers: IncomingMessage["headers"];
  readonly variables: Readonly<Record<string, unknown>>;
  readonly body: Buffer;
  readonly status: number;
}

export interface StandInOptions {
  /** SHA-1 of the package that the platform has already. */
  readonly knownSignature?: string;
  readonly publishErrors?: readonly { readonly field: string; readonly messages: string[] }[];
  readonly refuseUploads?: boolean;
}

export const accessToken = "token-of-the-stand-in";

interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

const toPublishResult = (origin: string) => ({
  component: { id: "Q29tcG9uZW50OjE=", versionNumber: 1 },
  iconUploadUrl: `${origin}/upload/icon?signed=1`,
  packageUploadUrl: `${origin}/upload/package?signed=1`,
  sourceUploadUrl: `${origin}/upload/source?signed=1`,
  connectionIconUploadUrls: [],
  connectionAvatarIconUploadUrls: [],
});

const toData = (
  operation: string,
  origin: string,
  { knownSignature, publishErrors = [] }: StandInOptions,
): unknown => {
  const operations: Record<string, unknown> = {
    whoami: {
      authenticatedUser: {
        name: "Test",
        email: "test@example.com",
        tenantId: "tenant",
        org: { id: "org", name: "Organization" },
        customer: null,
      },
    },
    component: { components: { nodes: knownSignature ? [{ signature: knownSignature }] : [] } },
    publishComponent: {
      publishComponent: {
        publishResult: publishErrors.length > 0 ? null : toPublishResult(origin),
        errors: publishErrors,
      },
    },
  };
  return operations[operation];
};

const refuse = (status: number, ...messages: readonly string[]): Answer => ({
  status,
  body: { errors: messages.map((message) => ({ message })) },
});

const answerApi = (
  { headers, method }: IncomingMessage,
  { name, query, variables }: ReturnType<typeof readOperation>,
  toAnswer: (operation: string) => unknown,
): Answer => {
  if (method !== "POST") return refuse(405, `${method} is not allowed`);
  if (headers.authorization !== `Bearer ${accessToken}`) return refuse(401, "not authenticated");
  const problems = checkVariables(query, variables);
  if (problems.length > 0) return refuse(400, ...problems);
  const data = toAnswer(name);
  return data ? { status: 200, body: { data } } : refuse(400, `unknown operation ${name}`);
};

/** A presigned URL is its own authorization: a store that gets a second one refuses both. */
const answerUpload = ({ headers, method }: IncomingMessage, refused: boolean): Answer => {
  if (method !== "PUT") return { status: 405 };
  if (refused) return { status: 403 };
  return { status: headers.authorization === undefined ? 200 : 400 };
};

const readOperation = (body: Buffer) => {
  const { query = "", variables = {} } = JSON.parse(body.toString("utf8") || "{}") as {
    query?: string;
    variables?: Record<string, unknown>;
  };
  return { name: /(?:query|mutation)\s+(\w+)/.exec(query)?.[1] ?? "", query, variables };
};

const readAll = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

/** What `prism components:publish` talks to: the API, and the store behind its presigned URLs. Listens on loopback only. */
export const createStandIn = async (options: StandInOptions = {}) => {
  const exchanges: Exchange[] = [];
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readAll(request);
    const { pathname } = new URL(request.url ?? "/", origin);
    const isApi = pathname === "/api";
    const operation = readOperation(isApi ? body : Buffer.alloc(0));
    const answer = isApi
      ? answerApi(request, operation, (name) => toData(name, origin, options))
      : answerUpload(request, options.refuseUploads ?? false);
    exchanges.push({
      name: isApi ? operation.name : `${request.method} ${pathname.replace("/upload/", "")}`,
      headers: request.headers,
      variables: operation.variables,
      body,
      status: answer.status,
    });
    response.writeHead(answer.status, { "content-type": "application/json" });
    response.end(answer.body === undefined ? "" : JSON.stringify(answer.body));
  };
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    exchanges,
    /** The stored bytes of an upload. Throws where it was refused or never sent, which prism does not tell. */
    readUpload: (name: "package" | "icon"): Buffer => {
      const upload = exchanges.find((exchange) => exchange.name === `PUT ${name}`);
      if (upload?.status !== 200)
        throw new Error(
          `No ${name} was stored: ${upload ? `refused with ${upload.status}` : "never sent"}.`,
        );
      return upload.body;
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
};

export type StandIn = Awaited<ReturnType<typeof createStandIn>>;
