import { execFile } from "node:child_process";
import path from "node:path";
import { projectRoot } from "../support/built";
import { accessToken } from "./stand-in";

export interface PrismRun {
  readonly exitCode: number;
  /** Standard output and standard error, in this order. */
  readonly output: string;
}

const prism = path.join(projectRoot, "node_modules", ".bin", "prism");

/** Publishes the component in `folder` with the real prism, which sees nothing of this machine's environment or login. */
export const publishWithPrism = (
  folder: string,
  origin: string,
  home: string,
  ...flags: readonly string[]
): Promise<PrismRun> =>
  new Promise((resolve) => {
    const env = {
      HOME: home,
      PRISMATIC_URL: origin,
      PRISM_ACCESS_TOKEN: accessToken,
      PRISM_CONFIG_FILE: path.join(home, "no-such-file.yml"),
      PRISM_SKIP_NEW_VERSION_CHECK: "true",
      NO_PROXY: "127.0.0.1",
    };
    const command = [prism, "components:publish", "--no-confirm", ...flags];
    execFile(process.execPath, command, { cwd: folder, env }, (error, stdout, stderr) => {
      const exitCode = typeof error?.code === "number" ? error.code : error ? -1 : 0;
      resolve({ exitCode, output: stdout + stderr });
    });
  });
