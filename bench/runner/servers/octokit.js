import { createServer } from "node:http";
import { createNodeMiddleware, Webhooks } from "@octokit/webhooks";
import { openAppend } from "./append.js";
import { readCapped, settings } from "./work.js";

const append = await openAppend(settings.journal);
const middleware = createNodeMiddleware(new Webhooks({ secret: settings.secret }), { path: "/" });

/** The middleware has no limit of its own; it takes a body that was read before. */
createServer(async (request, response) => {
  const body = await readCapped(request);
  if (!body) return response.writeHead(413).end();
  await append(request.headers, body);
  request.body = body.toString();
  return middleware(request, response);
}).listen(settings.port, "127.0.0.1");
