import Fastify from "fastify";
import { openAppend } from "./append.js";
import { isGenuine, LARGEST_BODY_BYTES, settings } from "./work.js";

const append = await openAppend(settings.journal);
const app = Fastify({ bodyLimit: LARGEST_BODY_BYTES });
app.removeAllContentTypeParsers();
app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));

app.post("/*", async ({ headers, body }, reply) => {
  await append(headers, body);
  if (!isGenuine(body, headers["x-hub-signature-256"])) return reply.code(401).send({});
  JSON.parse(body.toString());
  return {};
});

await app.listen({ port: settings.port, host: "127.0.0.1" });
