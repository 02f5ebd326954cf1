import { ProgramInfo } from "@pulumi/pulumi/proto/language_pb";
import { expect } from "chai";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import { runtimeOptions } from "../fixtures/plugins/runtimeOptions";

describe("the stand-in language host", () => {
  const read = (options: Record<string, JavaScriptValue>) =>
    runtimeOptions(new ProgramInfo().setOptions(Struct.fromJavaScript(options)));

  it("has ts-node registered and node called plainly where Pulumi.yaml does not say otherwise", () => {
    expect(runtimeOptions(new ProgramInfo())).to.deep.equal({ typescript: true, nodeArguments: [] });
  });

  it("takes the arguments of node from nodeargs, as words", () => {
    expect(read({ packagemanager: "npm", typescript: false, nodeargs: "--one=1  -r ./two.cjs" })).to.deep.equal({
      typescript: false,
      nodeArguments: ["--one=1", "-r", "./two.cjs"],
    });
  });

  it("refuses options that it does not read as the official one does", () => {
    expect(() => read({ nodeargs: "-r './two words.cjs'" })).to.throw("splits nodeargs at blanks only");
    expect(() => read({ typescript: "false" })).to.throw("typescript is a boolean");
    expect(() => read({ tsconfig: "tsconfig.json" })).to.throw("does not know the runtime option tsconfig");
  });
});
