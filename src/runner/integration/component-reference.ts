import { readFields, readText } from "./shape";

/** An action, trigger or connection of some component, as a definition names it. */
export interface ComponentReference {
  readonly component: string;
  readonly key: string;
  /** Whether the definition takes it from Prismatic's own components. */
  readonly isPublic: boolean;
}

export const readComponentReference = (value: unknown, where: string): ComponentReference => {
  const action = readFields(value, where);
  const component = readFields(action.component, `${where}.component`);
  return {
    key: readText(action.key, `${where}.key`),
    component: readText(component.key, `${where}.component.key`),
    isPublic: component.isPublic === true,
  };
};
