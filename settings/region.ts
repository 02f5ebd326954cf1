import { suggestion } from "../tenancy/explain";

/**
 * How AWS makes the names of regions: an area, a direction, a number. Regions keep being added, so the parts are checked
 * and not the whole. Source: botocore 1.43.11, `endpoints.json`, of 2026: the patterns of all partitions and their regions.
 */
const pattern =
  /^(af|ap|ca|eu|il|me|mx|sa|us|cn|us-gov|us-iso|us-isob|us-isof|eu-isoe|eusc-de)-(central|(north|south)(east|west)?|east|west)-\d$/;

/** Where Transfer Family is, for a suggestion. Source: botocore 1.43.11, `endpoints.json`, of 2026. */
const regions = [
  ...["us-east-1", "us-east-2", "us-west-1", "us-west-2", "us-gov-east-1", "us-gov-west-1"],
  ...["ca-central-1", "ca-west-1", "mx-central-1", "sa-east-1"],
  ...["eu-central-1", "eu-central-2", "eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1", "eu-west-2", "eu-west-3"],
  ...["eusc-de-east-1", "af-south-1", "il-central-1", "me-central-1", "me-south-1"],
  ...["ap-east-1", "ap-east-2", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1", "ap-south-2"],
  ...["ap-southeast-1", "ap-southeast-2", "ap-southeast-3", "ap-southeast-4", "ap-southeast-5", "ap-southeast-6"],
  ...["ap-southeast-7", "cn-north-1", "cn-northwest-1"],
];

/** What is wrong with the name of a region; undefined: nothing. */
export function faultOfRegion(region: string): string | undefined {
  return pattern.test(region)
    ? undefined
    : (suggestion(region, regions) ?? "a region of AWS is called as eu-central-1 or us-east-1");
}
