/** What `pulumi up` would register for one stack, as data: the program's resources and outputs without a cloud. */
export interface Deployment {
  readonly stack: string;
  /** Sorted by urn; the stack resource is among them. */
  readonly resources: readonly DeployedResource[];
  /** The stack outputs. */
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** One resource. A secret value shows as `{"secret": true}`, an asset as its sha256. */
export interface DeployedResource {
  readonly urn: string;
  /** For example `aws:transfer/user:User`. */
  readonly type: string;
  /** The logical name. */
  readonly name: string;
  /** Urn of the parent; null for the stack. */
  readonly parent: string | null;
  /** False for components, which exist only in Pulumi's tree. */
  readonly custom: boolean;
  /** Null for components. */
  readonly id: string | null;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** The inputs and what AWS would compute: ARNs, ids, endpoints. */
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  /** The provider it is given, where it is not the default one of its package: urn and id. */
  readonly provider?: string;
  /** Further options that it is given, by their names: `ignoreChanges`, `import`, `aliases`. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** Urns, explicit and implied, sorted. */
  readonly dependsOn: readonly string[];
}
