import { expect } from "chai";
import { faultOfRegion } from "../../settings/region";

describe("the name of a region", () => {
  const regions = ["eu-central-1", "us-east-1", "ap-southeast-6", "us-gov-west-1", "cn-northwest-1", "us-isob-east-1"];
  for (const region of [...regions, "eusc-de-east-1", "eu-isoe-west-1", "mx-central-1", "eu-east-1", "sa-west-2"]) {
    it(`is taken as ${region}, whether Transfer is there today or not`, () => {
      expect(faultOfRegion(region)).to.equal(undefined);
    });
  }

  for (const [region, right] of [
    ["eu-centrl-1", 'did you mean "eu-central-1"?'],
    ["us-esat-1", 'did you mean "us-east-1"?'],
    ["US-EAST-1", 'did you mean "us-east-1"?'],
    ["eu-central-1a", 'did you mean "eu-central-1"?'],
    ["Frankfurt", "a region of AWS is called as eu-central-1 or us-east-1"],
    ["", "a region of AWS is called as eu-central-1 or us-east-1"],
  ] as const) {
    it(`is refused as "${region}"`, () => {
      expect(faultOfRegion(region)).to.equal(right);
    });
  }
});
