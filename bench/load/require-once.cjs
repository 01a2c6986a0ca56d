/** Loads one file in this fresh process and prints what that took, in milliseconds of the clock and of the processor. */
const before = process.cpuUsage();
const start = performance.now();
require(process.argv[2]);
const clock = performance.now() - start;
const { user, system } = process.cpuUsage(before);
console.log(JSON.stringify({ clock, processor: (user + system) / 1000 }));
