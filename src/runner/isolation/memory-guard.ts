import { readFile } from "node:fs/promises";

const CHECK_MILLISECONDS = 250;

const readResidentMegabytes = async (pid: number): Promise<number> => {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1024;
};

/**
 * Watches the memory of a process that is busy. V8's own limit covers only its heap; buffers lie
 * outside it. Works where /proc exists (Linux); elsewhere only the heap limit holds.
 */
export const watchMemory = (
  pid: number | undefined,
  maximumMegabytes: number,
  isBusy: () => boolean,
  onExcess: (megabytes: number) => void,
): { readonly stop: () => void } => {
  const check = async (): Promise<void> => {
    if (pid === undefined || !isBusy()) return;
    const megabytes = await readResidentMegabytes(pid).catch(() => 0);
    if (megabytes > maximumMegabytes) onExcess(Math.round(megabytes));
  };
  const timer = setInterval(() => void check(), CHECK_MILLISECONDS);
  timer.unref();
  return { stop: () => clearInterval(timer) };
};
