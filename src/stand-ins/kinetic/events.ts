/** The events of each type in the space and in a kapp, as the meta endpoints list them. */
export const KINETIC_EVENTS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> =
  {
    space: {
      Discussion: ["Invitation Created", "Invitation Updated", "Notification"],
      Form: ["Created", "Deleted", "Restored", "Updated"],
      Space: ["Login Failure"],
      Submission: ["Closed", "Created", "Deleted", "Saved", "Submitted", "Updated"],
      Team: ["Created", "Deleted", "Membership Change", "Restored", "Updated"],
      User: ["Created", "Deleted", "Login", "Logout", "Membership Change", "Updated"],
    },
    kapp: {
      Form: ["Created", "Deleted", "Restored", "Updated"],
      Submission: ["Closed", "Created", "Deleted", "Saved", "Submitted", "Updated"],
    },
  };

const user = { username: "zoe@example.com", displayName: "Zoë" };
const place = { kapp: { slug: "services" }, form: { slug: "laptop-request" } };

/** What a body tells beside event and space. A user's is documented; the members of the others are assumed. */
const SUBJECTS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  Discussion: { discussion: { id: "6c460f94-32f3-11f1-85e7-8f53b6e0619f" }, user },
  Form: place,
  Space: { user },
  Submission: {
    ...place,
    submission: {
      id: "9f7c4889-32f3-11f1-85e7-8f53b6e0619f",
      coreState: "Submitted",
      values: { Model: "Air" },
    },
  },
  Team: { team: { slug: "d4c6d4a9", name: "Fulfillment" } },
  User: { user },
};

const toPayload = (type: string, action: string) => ({
  event: { action, type },
  space: { slug: "acme" },
  ...SUBJECTS[type],
});

/** An example payload for every event. */
export const KINETIC_PAYLOADS = Object.fromEntries(
  Object.entries(KINETIC_EVENTS.space ?? {}).flatMap(([type, actions]) =>
    actions.map((action) => [`${type} ${action}`, toPayload(type, action)] as const),
  ),
);
