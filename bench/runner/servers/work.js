import { createHmac, timingSafeEqual } from "node:crypto";

/** The platform's limit, which every contender keeps. */
export const LARGEST_BODY_BYTES = 6 * 1024 * 1024;

const [, , port, secret, journal = ""] = process.argv;
export const settings = { port: Number(port), secret, journal };

export const isGenuine = (body, header = "") => {
  const given = Buffer.from(header.slice("sha256=".length), "hex");
  const digest = createHmac("sha256", secret).update(body).digest();
  return given.length === digest.length && timingSafeEqual(given, digest);
};

/** The whole body, or nothing where it is too large. */
export const readCapped = (request) =>
  new Promise((resolve, reject) => {
    const chunks = [];
    let size = 0;
    request.on("data", (chunk) => {
      size += chunk.length;
      if (size > LARGEST_BODY_BYTES) resolve(undefined);
      else chunks.push(chunk);
    });
    request.on("end", () => resolve(Buffer.concat(chunks)));
    request.on("error", reject);
  });
