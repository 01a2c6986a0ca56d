const RealDate = globalThis.Date;

/** Runs `work` while the clock stands still at an ISO time, so that what an SDK makes is the same in every run. */
export const atTime = async (iso, work) => {
  const fixed = RealDate.parse(iso);
  globalThis.Date = class extends RealDate {
    constructor(...parts) {
      super(...(parts.length === 0 ? [fixed] : parts));
    }
    static now() {
      return fixed;
    }
  };
  try {
    return await work();
  } finally {
    globalThis.Date = RealDate;
  }
};

/** An ISO time some seconds away from another. */
export const shiftTime = (iso, seconds) =>
  new RealDate(RealDate.parse(iso) + seconds * 1000).toISOString();

export const unixSeconds = (iso) => String(Math.floor(RealDate.parse(iso) / 1000));
