import { denialOf } from "../access/denial";
import { landingBucketPolicy } from "../access/documents";
import { iamArn, partitionOf, type AwsScope } from "../iam/arn";
import { policyDocument, type PolicyDocument } from "../iam/policy";
import { accessRoleName, gatewayNames } from "../names";
import { accessNames } from "../tenancy/access";
import type { Operated, OperatedStack } from "./operated";
import { comment } from "./shell";

/** Its digits stand where the script puts the account's, which no file of the project knows. */
const anyAccount = "000000000000";

const accountVariable = "${account}";

/** Shell commands that let no request of a tenant's open sessions through, as the bucket's policy says from then on. */
export function denyOpenSessions(operated: Operated): string {
  return [
    comment(
      "Sessions that are open already go on until they end. To refuse their requests as well, this puts statements into",
      "the policy of the landing bucket. It replaces the whole policy: look at what get-bucket-policy shows, and if that is",
      "more than TlsOnly (another tenant's stop), add its statements to the document first.",
    ),
    replaceBucketPolicy(operated, (account) => deniedPolicy(operated, account)),
    comment(
      `To remove the statements: npm run stop -- ${operated.tenant.name} --stack ${operated.stack} --undo --print`,
      "prints the commands. `npx pulumi up --refresh` removes them too.",
    ),
  ].join("");
}

/** Shell commands that give the bucket the policy back that is deployed. */
export function admitSessions(stack: OperatedStack): string {
  return [
    comment(
      "If the landing bucket's policy was changed to refuse the requests of open sessions, this puts the deployed one back.",
      "It replaces the whole policy: another tenant's stop, which get-bucket-policy would show, goes as well.",
    ),
    replaceBucketPolicy(stack, (account) => landingBucketPolicy(landingOf(stack, account))),
  ].join("");
}

function replaceBucketPolicy(stack: OperatedStack, policyFor: (account: string) => PolicyDocument): string {
  const { region } = stack.settings;
  const bucket = `"${landingOf(stack, accountVariable).bucket}" --region ${region}`;
  return `account=$(aws sts get-caller-identity --query Account --output text)
aws s3api get-bucket-policy --bucket ${bucket} --query Policy --output text
policy=$(cat <<END
${JSON.stringify(policyFor(accountVariable), null, 2)}
END
)
aws s3api put-bucket-policy --bucket ${bucket} --policy "$policy"
`;
}

function deniedPolicy(operated: Operated, account: string): PolicyDocument {
  const { tenant, prefix, otherUserNames } = operated;
  const landing = landingOf(operated, account);
  const scope: AwsScope = { ...landing, region: operated.settings.region, account };
  const roleArns = accessNames.map((profile) => iamArn(scope, `role/${accessRoleName({ prefix }, profile)}`));
  const { name, userName } = tenant;
  const denial = denialOf(landing, { name, userName, roleArns, otherUserNames });
  return policyDocument(...landingBucketPolicy(landing).Statement, ...denial);
}

function landingOf({ prefix, settings }: OperatedStack, account: string): { partition: string; bucket: string } {
  const { bucket } = gatewayNames(prefix, anyAccount);
  return {
    partition: partitionOf(settings.region),
    bucket: bucket.replace(new RegExp(`${anyAccount}$`), () => account),
  };
}
