import { createServer } from "node:http";
import { openAppend } from "./append.js";
import { isGenuine, readCapped, settings } from "./work.js";

const append = await openAppend(settings.journal);

const answer = async (request) => {
  const body = await readCapped(request);
  if (!body) return 413;
  await append(request.headers, body);
  if (!isGenuine(body, request.headers["x-hub-signature-256"])) return 401;
  JSON.parse(body.toString());
  return 200;
};

createServer(async (request, response) => {
  response.statusCode = await answer(request);
  response.setHeader("content-type", "application/json").end("{}");
}).listen(settings.port, "127.0.0.1");
