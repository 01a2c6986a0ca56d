import { request } from "node:http";
import type { StandIn } from "../../src/stand-ins/stand-in";
import {
  type RunningStandIn,
  type StandInOptions,
  startStandIn,
} from "../../src/stand-ins/start-stand-in";
import { type Endpoint, openEndpoint } from "../support/endpoint";
import type { Subscriber, SubscriberOptions } from "../support/subscriber";

export interface StandInCase {
  readonly standIn: StandIn;
  /** An event type that the subscriber is subscribed to. */
  readonly event: string;
  /** Another payload for it that can be told from the example. */
  readonly otherPayload: unknown;
  /** As the facts say; the first attempt included. */
  readonly maximumAttempts: number;
  /** Headers that every delivery carries, by lower-case name, with a pattern of their value. */
  readonly headers: Readonly<Record<string, RegExp>>;
  /** Subscribes as the source system lets one: through its API, or by hand. */
  readonly createSubscriber: (options: SubscriberOptions) => Subscriber;
  /** One call of the API that reads something. */
  readonly callApi: (url: string, credentials: "right" | "wrong") => Promise<Response>;
  /** What wrong credentials are answered with. */
  readonly refusedStatus: number;
}

const PAUSE_MILLISECONDS = 40;

const statusFor = (url: string, headers: Readonly<Record<string, string>>): Promise<number> =>
  new Promise((resolve, reject) => {
    request(url, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on("error", reject)
      .end();
  });

const errorOf = async (response: Response): Promise<unknown> =>
  ((await response.json()) as { readonly error?: unknown }).error;

const postJson = (url: string, body: unknown): Promise<Response> =>
  fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });

/** Every stand-in serves and delivers over real HTTP as the facts about its source system say. */
export const describeStandIn = (options: StandInCase): void => {
  const { standIn, event, otherPayload, maximumAttempts } = options;
  let endpoint: Endpoint;
  let running: RunningStandIn;
  let subscriber: Subscriber;

  const start = async (more: Partial<StandInOptions> = {}): Promise<void> => {
    running = await startStandIn(standIn, { port: 0, retryPauseMilliseconds: 0, ...more });
    subscriber = options.createSubscriber({ standIn: running, endpointUrl: endpoint.url });
  };
  /** A stand-in with one subscriber whose requests so far, such as a test of the endpoint, are forgotten. */
  const startSubscribed = async (more: Partial<StandInOptions> = {}): Promise<void> => {
    await start(more);
    await subscriber.subscribe();
    endpoint.requests.length = 0;
  };
  const bodies = () => endpoint.requests.map(({ body }) => body);

  describe(`The stand-in for ${standIn.title}`, () => {
    beforeEach(async () => {
      endpoint = await openEndpoint();
    });
    afterEach(async () => {
      await running.close();
      await endpoint.close();
    });

    it("is bound to this machine, and answers only those who mean it", async () => {
      await start();
      expect(running.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
      for (const url of [`${running.url}/_stand-in`, `${running.url}/`]) {
        expect(await statusFor(url, { host: "rebound.example.com" })).toBe(403);
        expect(await statusFor(url, { origin: "https://page.example.com" })).toBe(403);
      }
      expect(await statusFor(`${running.url}/_stand-in`, {})).toBe(200);
    });

    it("says which port is taken", async () => {
      await start();
      const port = Number(new URL(running.url).port);
      await expect(startStandIn(standIn, { port })).rejects.toMatchObject({ code: "PORT_TAKEN" });
    });

    it("lets right credentials in and wrong ones not", async () => {
      await start();
      expect((await options.callApi(running.url, "right")).status).toBe(200);
      expect((await options.callApi(running.url, "wrong")).status).toBe(options.refusedStatus);
    });

    it("delivers what is subscribed to, with the documented headers", async () => {
      await startSubscribed();
      const [report] = await running.fire(event);
      expect(report).toMatchObject({ outcome: "delivered", attempts: [{ status: 200 }] });
      const [sent] = endpoint.requests;
      expect(endpoint.requests).toHaveLength(1);
      expect(sent?.method).toBe("POST");
      for (const [name, value] of Object.entries(options.headers))
        expect(sent?.headers[name]).toMatch(value);
    });

    it("has one subscription however often it is asked for the same", async () => {
      await startSubscribed();
      const before = running.subscriptions();
      await subscriber.subscribe();
      expect(before.length).toBeGreaterThan(0);
      expect(running.subscriptions()).toEqual(before);
    });

    it("delivers nothing before somebody subscribed and after they left", async () => {
      await start();
      expect(await running.fire(event)).toEqual([]);
      await subscriber.subscribe();
      await subscriber.remove();
      expect(running.subscriptions()).toEqual([]);
      endpoint.requests.length = 0;
      expect(await running.fire(event)).toEqual([]);
      expect(endpoint.requests).toEqual([]);
    });

    it("delivers nothing to a subscription that is switched off", async () => {
      await startSubscribed();
      await subscriber.disable();
      endpoint.requests.length = 0;
      expect(await running.fire(event)).toEqual([]);
      expect(endpoint.requests).toEqual([]);
    });

    it(`attempts a delivery ${maximumAttempts} times at most, each with the same body`, async () => {
      await startSubscribed();
      endpoint.answer(() => ({ status: 500 }));
      const [report] = await running.fire(event);
      expect(report?.outcome).toBe("failed");
      expect(report?.attempts.map(({ status }) => status)).toEqual(
        Array(maximumAttempts).fill(500),
      );
      expect(endpoint.requests).toHaveLength(maximumAttempts);
      expect(new Set(bodies()).size).toBe(1);
    });

    it("takes a redirect for a failure, and does not follow it", async () => {
      await startSubscribed();
      endpoint.answer(() => ({ status: 302, headers: { location: `${endpoint.url}/elsewhere` } }));
      const [report] = await running.fire(event);
      expect(report?.outcome).toBe("failed");
      expect(endpoint.requests.filter(({ url }) => url.includes("elsewhere"))).toEqual([]);
    });

    it("stops once an attempt succeeded", async () => {
      await startSubscribed();
      endpoint.answer((_request, index) => ({ status: index === 0 ? 503 : 204 }));
      const [report] = await running.fire(event);
      const statuses = maximumAttempts === 1 ? [503] : [503, 204];
      expect(report?.attempts.map(({ status }) => status)).toEqual(statuses);
      expect(endpoint.requests).toHaveLength(statuses.length);
    });

    it("gives up on a subscription that is removed while it tries", async () => {
      await startSubscribed();
      endpoint.answer(() => {
        for (const { id } of running.subscriptions()) running.removeByHand(id);
        return { status: 500 };
      });
      const [report] = await running.fire(event);
      expect(report?.outcome).toBe(maximumAttempts === 1 ? "failed" : "skipped");
      expect(endpoint.requests).toHaveLength(1);
    });

    it("sends nothing to another machine", async () => {
      await start();
      running.addByHand({ endpointUrl: "https://hooks.example.com/trigger/x", events: [event] });
      expect(await running.fire(event)).toMatchObject([{ outcome: "skipped", attempts: [] }]);
    });

    it("delivers twice, in another order and late where that is switched on", async () => {
      await startSubscribed();
      const reports = await running.burst([{ event }, { event, payload: otherPayload }]);
      const [first, second] = reports.map(({ delivery }) => delivery.body);
      expect(new Set(bodies())).toEqual(new Set([first, second]));
      expect(bodies()).toHaveLength(2);
      expect(first).not.toBe(second);
      running.setFaults({ duplicates: true, reorders: true, lateMilliseconds: PAUSE_MILLISECONDS });
      const before = performance.now();
      await running.burst([{ event }, { event, payload: otherPayload }]);
      expect(bodies().slice(2)).toEqual([second, second, first, first]);
      expect(endpoint.requests[2]!.at - before).toBeGreaterThan(PAUSE_MILLISECONDS / 2);
    });

    it("pauses an endpoint after a failure where that is switched on", async () => {
      await startSubscribed({
        retryPauseMilliseconds: PAUSE_MILLISECONDS,
        faults: { pauses: true },
      });
      endpoint.answer((_request, index) => ({ status: index === 0 ? 500 : 200 }));
      await running.burst([{ event }, { event, payload: otherPayload }]);
      const [failed, next] = endpoint.requests;
      expect(next!.body).not.toBe(failed!.body);
      expect(next!.at - failed!.at).toBeGreaterThan(PAUSE_MILLISECONDS / 2);
    });

    it("fails its API as it is told to", async () => {
      await start();
      running.setFaults({ apiStatus: 503, retryAfterSeconds: 7 });
      const refused = await options.callApi(running.url, "right");
      expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "7"]);
      running.setFaults({ apiStatus: 0, losesAnswers: true });
      await expect(options.callApi(running.url, "right")).rejects.toThrow();
      running.setFaults({ losesAnswers: false, slowMilliseconds: PAUSE_MILLISECONDS });
      const before = performance.now();
      expect((await options.callApi(running.url, "right")).status).toBe(200);
      expect(performance.now() - before).toBeGreaterThan(PAUSE_MILLISECONDS / 2);
    });

    it("is controlled over HTTP, and shows no secret there", async () => {
      await startSubscribed();
      const control = `${running.url}/_stand-in`;
      const fired = new Promise((resolve) => {
        endpoint.answer((sent) => {
          resolve(sent);
          return { status: 200 };
        });
      });
      expect((await postJson(`${control}/fire`, { event })).status).toBe(202);
      await fired;
      expect(
        await (await postJson(`${control}/faults`, { duplicates: true })).json(),
      ).toMatchObject({
        duplicates: true,
      });
      const shown = await (await fetch(control)).text();
      expect(JSON.parse(shown)).toMatchObject({ name: standIn.name, faults: { duplicates: true } });
      for (const { endpointUrl } of running.subscriptions())
        if (endpointUrl.includes("?")) expect(shown).not.toContain(endpointUrl);
      for (const secret of subscriber.secrets().filter((one) => one !== ""))
        expect(shown).not.toContain(secret);
    });

    it("names what is wrong with an event or a fault", async () => {
      await start();
      const control = `${running.url}/_stand-in`;
      const wrongEvent = await postJson(`${control}/fire`, { event: "no.such.event" });
      expect([wrongEvent.status, await errorOf(wrongEvent)]).toEqual([
        400,
        expect.stringContaining(event),
      ]);
      const wrongFault = await postJson(`${control}/faults`, { sulks: true });
      expect([wrongFault.status, await errorOf(wrongFault)]).toEqual([
        400,
        expect.stringContaining("sulks"),
      ]);
    });

    it("closes at once, deliveries underway included", async () => {
      await startSubscribed();
      const asked = new Promise<void>((resolve) => {
        endpoint.answer(() => {
          resolve();
          return undefined;
        });
      });
      const fired = running.fire(event);
      await asked;
      await running.close();
      expect(await fired).toMatchObject([{ outcome: expect.stringMatching(/^(skipped|failed)$/) }]);
      await expect(fetch(`${running.url}/_stand-in`)).rejects.toThrow();
    });
  });
};
