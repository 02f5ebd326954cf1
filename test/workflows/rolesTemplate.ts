import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, type ScalarTag } from "yaml";
import { compilePolicies, decide, parsePolicy, type Policies } from "../../iam/evaluate";
import type { PolicyDocument, Statement } from "../../iam/policy";
import { syntheticAccount } from "../../synth/computed";
import { projectDirectory } from "../components/gatewayStack";

const parameters: Readonly<Record<string, string>> = {
  "AWS::Partition": "aws",
  "AWS::Region": "eu-central-1",
  "AWS::AccountId": syntheticAccount,
  Project: "sftp-gateway",
  Repository: "acme/gateway",
  StateBucket: "state",
  SecretsKeyArn: `arn:aws:kms:eu-central-1:${syntheticAccount}:key/1`,
  OidcProviderArn: `arn:aws:iam::${syntheticAccount}:oidc-provider/token.actions.githubusercontent.com`,
};

const passRole = "iam:PassRole";

interface TemplateResource {
  readonly Type: string;
  readonly Properties: {
    readonly PolicyDocument?: unknown;
    readonly AssumeRolePolicyDocument?: { readonly Statement: readonly TrustStatement[] };
    readonly ManagedPolicyArns?: readonly string[];
  };
}

export interface TrustStatement {
  readonly Principal: unknown;
  readonly Action: string;
  readonly Condition: { readonly StringEquals: Readonly<Record<string, string | string[]>> };
}

/** deploy/aws/roles.yaml as CloudFormation would read it for a stack. */
export class RolesTemplate {
  private readonly resources: Readonly<Record<string, TemplateResource>>;

  constructor(stack: string) {
    const values: Readonly<Record<string, string>> = { ...parameters, Stack: stack };
    const tag = (name: string, resolve: (text: string) => string): ScalarTag => ({ tag: name, resolve });
    const tags = [
      tag("!Ref", (name) => values[name] ?? name),
      tag("!Sub", (text) => text.replace(/\$\{([\w:]+)\}/g, (_, name: string) => values[name] ?? `UNKNOWN ${name}`)),
      tag("!GetAtt", (text) => text),
    ];
    const text = readFileSync(join(projectDirectory, "deploy", "aws", "roles.yaml"), "utf8");
    this.resources = (parse(text, { customTags: tags }) as { Resources: Record<string, TemplateResource> }).Resources;
  }

  /** Who may take the role on. */
  trustOf(role: string): readonly TrustStatement[] {
    return this.role(role).AssumeRolePolicyDocument?.Statement ?? [];
  }

  /** What the role's policies decide, passing roles left out: the evaluator does not know its condition. */
  policiesOf(role: string): Policies {
    const documents = this.documentsOf(role).map((document) => ({
      ...document,
      Statement: document.Statement.filter(({ Action }) => Action !== passRole),
    }));
    return compilePolicies({ identity: documents });
  }

  /** The statements that let a role pass others on. */
  passingOf(role: string): readonly Statement[] {
    return this.documentsOf(role).flatMap(({ Statement: all }) => all.filter(({ Action }) => Action === passRole));
  }

  /** Lengths of the managed policies as IAM counts them. */
  policyLengths(): number[] {
    const documents = Object.values(this.resources).flatMap(({ Properties }) => Properties.PolicyDocument ?? []);
    return documents.map((document) => JSON.stringify(document).replace(/\s/g, "").length);
  }

  private documentsOf(role: string): PolicyDocument[] {
    const names = this.role(role).ManagedPolicyArns ?? [];
    return names.map((name) => parsePolicy(this.resources[name]?.Properties.PolicyDocument, name));
  }

  private role(name: string): TemplateResource["Properties"] {
    const resource = this.resources[name];
    if (resource?.Type !== "AWS::IAM::Role") {
      throw new Error(`the template has no role ${name}`);
    }
    return resource.Properties;
  }
}

/** Whether the policies let a workflow do something. */
export function may(policies: Policies, action: string, resource: string): boolean {
  const principal = {
    kind: "role-session",
    account: syntheticAccount,
    roleArn: `arn:aws:iam::${syntheticAccount}:role/github`,
    sessionName: "workflow",
  } as const;
  return decide(policies, { principal, action, resource, context: {} }).allowed;
}
