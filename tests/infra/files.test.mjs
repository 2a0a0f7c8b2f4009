import assert from "node:assert/strict";
import test from "node:test";
import Ajv from "ajv/dist/2020.js";
import { parse } from "yaml";
import { files, read } from "./repository.mjs";

const checked = {
  "azure.yaml": "azure-yaml",
  "host.json": "host",
  "infra/main.parameters.json": "parameters",
  "infra/workbook/workbook.json": "workbook",
};
const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
const validators = new Map(Object.values(checked).map((name) => [name, ajv.compile(JSON.parse(read(`tests/infra/schemas/${name}.schema.json`)))]));

for (const [file, schema] of Object.entries(checked)) {
  const content = parse(read(file));

  test(`${file} is of its schema`, () => {
    const validate = validators.get(schema);
    assert.ok(validate(content), ajv.errorsText(validate.errors));
  });

  test(`${file} with an unknown property is found out`, () => assert.equal(validators.get(schema)({ ...content, unheardOf: true }), false));
}

test("azure.yaml names a project that there is, and the tag that the template gives its app", () => {
  const [[name, service]] = Object.entries(parse(read("azure.yaml")).services);
  assert.ok(read(`${service.project.replace(/^\.\//, "")}/${service.project.split("/").at(-1)}.csproj`));
  assert.match(read("infra/modules/functionapp.bicep"), new RegExp(`'azd-service-name': '${name}'`));
});

for (const file of files(".github/workflows", ".yml")) {
  const workflow = parse(read(file));
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);

  test(`${file} pins every action to a commit, and says what it may do`, () => {
    const loose = steps.filter(({ uses }) => uses && !/^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/.test(uses)).map(({ uses }) => uses);
    assert.deepEqual(loose, []);
    assert.equal(typeof workflow.permissions, "object");
  });

  test(`${file} uses no secret`, () => assert.doesNotMatch(read(file), /secrets\./));
}
