import { component, trigger } from "@prismatic-io/spectral";

/** What every Spectral component costs, whatever it does: no actions, and a trigger that hands on what it got. */
export default component({
  key: "empty",
  public: false,
  display: { label: "Empty", description: "Does nothing.", iconPath: "icon.png" },
  triggers: {
    hand: trigger({
      display: { label: "Hand On", description: "Hands on what it got." },
      inputs: {},
      scheduleSupport: "invalid",
      synchronousResponseSupport: "valid",
      perform: (_context, payload) => Promise.resolve({ payload }),
    }),
  },
});
