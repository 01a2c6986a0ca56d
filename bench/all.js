import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** One after the other, each in a process of its own: they must not disturb each other. */
for (const name of ["verify", "trigger", "load", "runner"]) {
  const file = fileURLToPath(new URL(`./${name}.js`, import.meta.url));
  const { status } = spawnSync(process.execPath, [file], { stdio: "inherit" });
  if (status !== 0) process.exitCode = 1;
}
