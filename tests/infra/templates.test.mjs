import assert from "node:assert/strict";
import test from "node:test";
import { declarationsOf, errorsOf, nodesOf, parse, resourcesOf } from "./bicep.mjs";
import { read, templates } from "./repository.mjs";

const trees = new Map(templates.map((file) => [file, parse(read(file))]));
const all = [...trees].flatMap(([file, tree]) => resourcesOf(tree).map((resource) => ({ file, ...resource })));
const untagged = [
  "Microsoft.Authorization/", "Microsoft.Consumption/budgets", "Microsoft.Insights/diagnosticSettings", "Microsoft.Network/virtualNetworks/subnets",
  "Microsoft.Network/privateEndpoints/", "Microsoft.ServiceBus/namespaces/", "Microsoft.Storage/storageAccounts/", "Microsoft.Web/sites/", "Microsoft.DBforPostgreSQL/flexibleServers/",
];

for (const [file, tree] of trees) {
  test(`${file} parses`, () => assert.deepEqual(errorsOf(tree), []));

  test(`${file}: every parameter and output is documented`, () => {
    const undocumented = [...declarationsOf(tree, "parameter"), ...declarationsOf(tree, "output")].filter(({ decorators }) => !/@description\('+[^']{10,}/.test(decorators));
    assert.deepEqual(undocumented.map(({ name }) => name), []);
  });

  test(`${file}: nothing is declared that is not used`, () => {
    const text = read(file);
    const unused = [...declarationsOf(tree, "parameter"), ...declarationsOf(tree, "variable")].filter(({ name }) => text.match(new RegExp(`\\b${name}\\b`, "g")).length < 2);
    assert.deepEqual(unused.map(({ name }) => name), []);
  });

  test(`${file} holds no secret, and asks for none`, () => {
    assert.doesNotMatch(read(file), /@secure|\blist(?:Keys|AccountSas|ServiceSas|Secrets)?\s*\(|SharedAccessKey|AccountKey=|Password=|administratorLogin|sig=/i);
  });
}

test("modules are our own, and each is used", () => {
  const used = [...trees].flatMap(([, tree]) => declarationsOf(tree, "module").map(({ node }) => `infra/${node.namedChildren[1].text.slice(1, -1)}`));
  assert.deepEqual([...new Set(used)].sort(), templates.filter((file) => file !== "infra/main.bicep").sort());
});

test("main.parameters.json gives parameters that there are, and every required one", () => {
  const given = Object.keys(JSON.parse(read("infra/main.parameters.json")).parameters);
  const parameters = declarationsOf(trees.get("infra/main.bicep"), "parameter");
  assert.deepEqual(given.filter((name) => !parameters.some((parameter) => parameter.name === name)), []);
  assert.deepEqual(parameters.filter(({ name, node }) => node.namedChildren.length === 2 && !given.includes(name)).map(({ name }) => name), []);
});

test("modules get the parameters they have", () => {
  for (const [file, tree] of trees) {
    for (const { node } of declarationsOf(tree, "module")) {
      const target = `infra/${node.namedChildren[1].text.slice(1, -1)}`;
      const params = [...nodesOf(node)].find((inner) => inner.type === "object_property" && inner.namedChildren[0].text === "params").namedChildren[1];
      const given = params.namedChildren.filter((inner) => inner.type === "object_property").map((inner) => inner.namedChildren[0].text);
      const declared = declarationsOf(trees.get(target), "parameter");
      assert.deepEqual(given.filter((name) => !declared.some((parameter) => parameter.name === name)), [], `${file} gives ${target}`);
      assert.deepEqual(declared.filter(({ name, node: own }) => own.namedChildren.length === 2 && !given.includes(name)).map(({ name }) => name), [], `${file} leaves out of ${target}`);
    }
  }
});

test("identity only: nothing takes a key or a password", () => {
  const must = {
    "Microsoft.ServiceBus/namespaces": /disableLocalAuth: true/,
    "Microsoft.Insights/components": /DisableLocalAuth: true/,
    "Microsoft.OperationalInsights/workspaces": /disableLocalAuth: true/,
    "Microsoft.Storage/storageAccounts": /allowSharedKeyAccess: false/,
    "Microsoft.DBforPostgreSQL/flexibleServers": /passwordAuth: 'Disabled'/,
    "Microsoft.Web/sites/basicPublishingCredentialsPolicies": /allow: false/,
  };
  for (const [type, pattern] of Object.entries(must)) {
    const found = all.filter((resource) => resource.type === type);
    assert.ok(found.length > 0, `there is no ${type}`);
    for (const { file, text } of found) assert.match(text, pattern, `${type} in ${file}`);
  }
});

test("roles are narrow: no wildcard among actions, no scope above what is needed", () => {
  for (const { file, text, type } of all) {
    if (type === "Microsoft.Authorization/roleDefinitions") {
      assert.doesNotMatch(text, /\*/, file);
      assert.match(text, /assignableScopes: \[(?:resourceGroup|subscription)\(\)\.id\]/, file);
    }
    if (type === "Microsoft.Authorization/roleAssignments" && !/restartrole|operationsrole/.test(file)) assert.match(text, /\n {2}scope: /, `${file}: an assignment to the whole resource group`);
  }
  const broad = ["8e3af657-a8ff-443c-a75c-2fe8c4bcb635", "b24988ac-6180-42a0-ab88-20f7382dd24c", "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9"];
  for (const { file, text, type } of all.filter((resource) => resource.type.endsWith("roleAssignments"))) for (const role of broad) assert.ok(!text.includes(role), `${file}: ${type}`);
});

test("what holds data is guarded against deletion, and tells Log Analytics", () => {
  for (const file of ["servicebus", "ledger", "monitoring"]) assert.ok(all.some((resource) => resource.file.endsWith(`/${file}.bicep`) && resource.type === "Microsoft.Authorization/locks"), file);
  for (const file of ["servicebus", "ledger", "storage", "functionapp"])
    assert.ok(all.some((resource) => resource.file.endsWith(`/${file}.bicep`) && resource.type === "Microsoft.Insights/diagnosticSettings"), file);
});

test("resources have tags, and versions that are no previews where there is a choice", () => {
  for (const { file, type, version, text, existing } of all) {
    if (!existing && !untagged.some((prefix) => type.startsWith(prefix))) assert.match(text, /\n\s+tags: /, `${type} in ${file}`);
    if (type !== "Microsoft.Insights/diagnosticSettings") assert.doesNotMatch(version, /preview/, `${type} in ${file}`);
  }
});
