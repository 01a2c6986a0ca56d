import { execFile } from "node:child_process";
import { createHmac } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { toBody } from "../verify/delivery.js";
import { secret } from "./contenders.js";
import { pinned, processorSeconds } from "./processes.js";

const client = fileURLToPath(new URL("./client.js", import.meta.url));
const body = toBody(1024).toString();
const sign = (text) => `sha256=${createHmac("sha256", secret).update(text).digest("hex")}`;

export const genuine = {
  body,
  headers: {
    Accept: "*/*",
    "User-Agent": "GitHub-Hookshot/044aadd",
    "Content-Type": "application/json",
    "X-GitHub-Event": "issues",
    "X-Hub-Signature-256": sign(body),
  },
};

/** One round of load; deliveries a second, by the clock and by the server's own processor time. */
export const applyLoad = async ({ child, port, path }, options) => {
  const settings = JSON.stringify({ ...genuine, port, path, ...options });
  const [program, ...rest] = pinned(1, [process.execPath, client, settings]);
  const before = processorSeconds(child);
  const { stdout } = await promisify(execFile)(program, rest);
  const spent = processorSeconds(child) - before;
  const round = JSON.parse(stdout);
  return {
    ...round,
    perSecond: round.count / round.seconds,
    perProcessorSecond: round.count / spent,
  };
};

const filesOf = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== "output.log")
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));

/** The ids of deliveries that are on the disk below a folder. */
export const readSavedIds = (folder) => {
  const ids = new Set();
  for (const file of filesOf(folder))
    for (const [id] of readFileSync(file, "latin1").matchAll(/bench-\d{9}/g)) ids.add(id);
  return ids;
};

/** How many accepted deliveries are not on the disk. Every id below the next one was accepted. */
export const countLost = (saved, acceptedIds) => acceptedIds.filter((id) => !saved.has(id)).length;
