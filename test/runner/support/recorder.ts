import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** What a lifecycle function (or `perform`) of the fixture `lifecycle` saw when it was called. */
interface RecordedCall {
  readonly hook: string;
  readonly flow: string;
  readonly stableId: string;
  readonly url: string;
  readonly instance: string;
  readonly suffix: string;
  readonly crossFlowState: Record<string, unknown>;
  readonly integrationState: Record<string, unknown>;
  readonly configVars: Record<string, unknown>;
  readonly scopes: readonly string[];
}

export interface Recorder {
  readonly url: string;
  readonly calls: RecordedCall[];
  /** `onInstanceDeploy A`, `webhookCreate A`, … in the order of the calls so far. */
  readonly names: () => string[];
  /** What is done before a call gets its answer; until then the function waits. */
  onCall: (call: RecordedCall) => Promise<unknown>;
}

const servers: { close: () => unknown; closeAllConnections: () => void }[] = [];

afterAll(() => {
  for (const server of servers) {
    server.close();
    server.closeAllConnections();
  }
});

/** A server that the fixture `lifecycle` tells about every call, given its URL as `reportTo`. */
export const startRecorder = async (): Promise<Recorder> => {
  const calls: RecordedCall[] = [];
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += chunk;
    const call: RecordedCall = JSON.parse(text);
    calls.push(call);
    await recorder.onCall(call);
    response.end();
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const recorder: Recorder = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    names: () => calls.map(({ hook, flow }) => `${hook} ${flow}`),
    onCall: async () => undefined,
  };
  return recorder;
};
