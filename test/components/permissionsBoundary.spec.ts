import type * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { boundaryNotes } from "../../inventory/role";
import { accessNames } from "../../tenancy/access";
import { gatewayStack, ofType } from "./gatewayStack";
import { deploy, refusalOf } from "./registrations";

const boundary = "arn:aws:iam::123456789012:policy/project-test-boundary";

describe("the permissions boundary of a gateway", () => {
  it("stands on each of its roles", async () => {
    const roles = ofType(await gatewayStack({ permissionsBoundary: boundary }), "Role");
    expect(roles).to.have.length(accessNames.length + 2);
    expect(new Set(roles.map(({ inputs }) => inputs["permissionsBoundary"]))).to.deep.equal(new Set([boundary]));
  });

  it("is none unless one is given", async () => {
    for (const { inputs } of ofType(await gatewayStack(), "Role")) {
      expect(inputs).not.to.have.property("permissionsBoundary");
    }
  });

  it("cannot be changed on the way to the registration", async () => {
    const other: pulumi.ResourceTransformation = ({ type, props, opts }) =>
      type === "aws:iam/role:Role" ? { props: { ...props, permissionsBoundary: boundary }, opts } : undefined;
    expect(await refusalOf(deploy("dev", [other]))).to.match(
      /^nothing is deployed:\nthe input "permissionsBoundary" of aws:iam\/role:Role "gateway-[\w-]+" is not what was proven$/,
    );
  });

  for (const policy of ["arn:aws:iam::aws:policy/ReadOnlyAccess", "arn:aws:iam::123456789012:policy/team/sftp"]) {
    it(`may be any managed policy: ${policy}`, async () => {
      await gatewayStack({ permissionsBoundary: policy });
    });
  }

  for (const wrong of [
    "sftp-gateway-dev-boundary",
    "arn:aws:iam::123456789012:role/x",
    `${boundary}/`,
    `${boundary} `,
  ]) {
    it(`is refused where it is no managed policy's ARN: "${wrong}"`, async () => {
      expect(await refusalOf(gatewayStack({ permissionsBoundary: wrong }))).to.equal(
        `nothing is deployed:\n"permissionsBoundary" is "${wrong}"; it is the ARN of a managed policy, ` +
          "as arn:aws:iam::123456789012:policy/sftp-gateway-dev-boundary",
      );
    });
  }

  it("is named by whoever shows what the roles may do, since what it takes away is not known", async () => {
    expect(boundaryNotes(await gatewayStack())).to.deep.equal([]);
    expect(boundaryNotes(await gatewayStack({ permissionsBoundary: boundary }))).to.deep.equal([
      `the permissions boundary ${boundary} is not read here: it can take away from what the roles may do, and add nothing`,
    ]);
  });
});
