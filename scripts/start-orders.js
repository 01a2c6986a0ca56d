/**
 * `npm start`: the runner with examples/ordered-orders.yml, and beside it what handles the events, in one console. This
 * process is the runner; the other one goes when it does.
 */
const { fork } = require("node:child_process");
const path = require("node:path");
const { parseArgs } = require("node:util");

const root = path.join(__dirname, "..");
const given = process.argv.slice(2);
const { data } = parseArgs({
  args: given,
  options: { data: { type: "string", default: ".hookline" } },
  strict: false,
}).values;
const program = path.join(root, "build/hookline.js");
const example = path.join(root, "examples/ordered-orders.yml");

const drain = fork(path.join(root, "examples/drain-orders.js"), [data]);
drain.unref();
drain.channel?.unref();

process.argv = [process.execPath, program, "dev", example, "--demo", ...given];
require(program);
