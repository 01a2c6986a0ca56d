import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "../support/command";

test("--version prints the version of the package", async () => {
  const { version } = JSON.parse(readFileSync(join(__dirname, "../../../package.json"), "utf8"));
  expect(await runCommand(["--version"])).toEqual({ code: 0, output: `${version}\n`, errors: "" });
});
