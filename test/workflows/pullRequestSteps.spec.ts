import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { tenantPrefix } from "../../access/grant";
import { acme, quiet, Runner, stepOf } from "./runner";

const commentMarker = "<!-- sftp-gateway: what changes for whom -->";

describe("a pull request's steps", () => {
  let runner: Runner;

  before(async () => {
    runner = new Runner("dev");
    await runner.start();
  });

  beforeEach(() => runner.reset());
  after(() => runner.stop());

  it("annotate what is wrong with tenants.yaml, and fail then", async () => {
    const check = "exec node -r ./cli/typescript.cjs cli/check.ts --format github";
    expect(stepOf("pull-request/report", "Check tenants.yaml").run).to.equal("npm run -s check -- --format github");
    expect((await runner.shell(check)).code).to.equal(0);
    runner.repository.write("tenants.yaml", acme.replace("acme", '"::error::\\nx"'));
    const { code, stdout } = await runner.shell(check);
    runner.repository.git("checkout", "--quiet", "tenants.yaml");
    expect(code).to.equal(1);
    expect(stdout).to.match(/^::error file=tenants\.yaml,line=2,col=\d+::/);
    expect(stdout.split("\n").filter((line) => line.startsWith("::error::"))).to.deep.equal([]);
  });

  it("compare with the target branch, show it in the summary and comment on it", async () => {
    expect((await runner.step("pull-request/report", "Compare")).code).to.equal(0);
    expect((await runner.step("pull-request/report", "Show in the summary")).code).to.equal(0);
    const report = runner.written("summary.md");
    expect(report).to.include(`- **breaking:** can no longer write and delete in / (${tenantPrefix("acme")})`);
    runner.write("report.md", report);
    expect(await runner.step("pull-request/comment", "Comment", { PULL_REQUEST: "7" })).to.deep.equal(quiet);
    expect(runner.server.posts.map(({ body }) => body)).to.deep.equal([`${commentMarker}\n${report}`]);
  });

  it("say in the report why nothing can be compared, with nothing in it that means something", async () => {
    runner.repository.write("tenants.yaml", 'tenants:\n  - { name: "`<b>@acme" }\n');
    const { code } = await runner.step("pull-request/report", "Compare");
    const report = readFileSync(join(runner.repository.directory, "report.md"), "utf8");
    runner.repository.git("checkout", "--quiet", "tenants.yaml");
    expect(code).to.equal(1);
    const [heading, , sentence, , ...lines] = report.trimEnd().split("\n");
    expect([heading, sentence]).to.deep.equal(["## What changes for whom", "This cannot be told:"]);
    expect(lines.length).to.be.greaterThan(1);
    expect(lines.filter((line) => !line.startsWith("    "))).to.deep.equal([]);
  });

  it("put the comment into the place of the earlier one, however many others there are", async () => {
    for (let number = 0; number < 150; number++) {
      runner.server.add(`${commentMarker}\nnot ours`, "someone");
    }
    const earlier = runner.server.add(`${commentMarker}\nearlier`);
    runner.write("report.md", "later");
    expect(await runner.step("pull-request/comment", "Comment", { PULL_REQUEST: "7" })).to.deep.equal(quiet);
    expect(runner.server.posts).to.have.length(151);
    expect(earlier.body).to.equal(`${commentMarker}\nlater`);
  });

  it("cut a comment that GitHub would refuse, and fail when it refuses", async () => {
    runner.write("report.md", "x".repeat(70_000));
    await runner.step("pull-request/comment", "Comment", { PULL_REQUEST: "7" });
    expect(runner.server.posts[0]?.body.length).to.equal(65_536);
    const refused = await runner.step("pull-request/comment", "Comment", { PULL_REQUEST: "7", GITHUB_TOKEN: "wrong" });
    expect(refused.stderr).to.match(/^error: GET issues\/7\/comments.*GitHub answers 422: Requires authentication\n$/);
    expect((await runner.step("pull-request/comment", "Comment", { PULL_REQUEST: "7; rm" })).code).to.equal(1);
  });
});
