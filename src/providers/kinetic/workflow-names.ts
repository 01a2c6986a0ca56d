/** Where the platform expects the workflow of an event: the tree's group and name. */
export interface WorkflowName {
  readonly group: string;
  readonly name: string;
}

const GROUPS: Readonly<Record<string, { readonly group: string; readonly names: string[] }>> = {
  User: { group: "Users", names: ["Created", "Updated", "Deleted"] },
  Team: { group: "Teams", names: ["Created", "Updated", "Deleted"] },
  "Datastore Form": {
    group: "Datastore Forms > [datastore-form-slug]",
    names: ["Created", "Updated"],
  },
  "Datastore Submission": {
    group: "Datastore Submissions > [datastore-form-slug]",
    names: ["Created", "Submitted"],
  },
  Form: { group: "[kapp-slug] > [form-slug]", names: ["Created", "Updated"] },
  Submission: {
    group: "Submissions > [kapp-slug] > [form-slug]",
    names: ["Created", "Submitted"],
  },
};

/**
 * The recommended, not required, group and name of the workflow for an event. Brackets stand for slugs to
 * fill in. Nothing for an event that the convention does not mention. https://docs.kineticdata.com/docs/webhooks
 */
export const toWorkflowName = (type: string, event: string): WorkflowName | undefined => {
  const found = Object.hasOwn(GROUPS, type) ? GROUPS[type] : undefined;
  return found?.names.includes(event) ? { group: found.group, name: event } : undefined;
};
