import type { AccessRequest } from "../../iam/evaluate";
import { patternMatcher } from "../../iam/glob";
import { bucketAction, listAction } from "../actions";
import type { Area } from "./claim";
import { grantedSuffixes } from "./confinement";

/** Whether a concrete request is one that the areas grant, whatever the documents say. */
export function isGranted(request: AccessRequest, areas: readonly Area[], bucketResource: string): boolean {
  const { action, resource, context } = request;
  const name = action.toLowerCase();
  if (resource === bucketResource) {
    const listed = context["s3:prefix"];
    return (
      name === bucketAction.toLowerCase() ||
      (name === listAction.toLowerCase() &&
        typeof listed === "string" &&
        areas.some(({ prefix }) => listed.startsWith(prefix)))
    );
  }
  if (!resource.startsWith(`${bucketResource}/`)) {
    return false;
  }
  const key = resource.slice(bucketResource.length + 1);
  return areas.some(
    (area) =>
      key.startsWith(area.prefix) &&
      grantedSuffixes(area, action).some((suffix) => patternMatcher(suffix)(key.slice(area.prefix.length))),
  );
}
