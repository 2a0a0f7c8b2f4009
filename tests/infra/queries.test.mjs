import assert from "node:assert/strict";
import test from "node:test";
import { columnsOf, problemsOf } from "./kusto.mjs";
import { files, read } from "./repository.mjs";

const ofAlerts = files("infra/alerts", ".kql");
const ofWorkbook = files("infra/workbook", ".kql");
const alerts = read("infra/modules/alerts.bicep");
const workbook = JSON.parse(read("infra/workbook/workbook.json"));
const nameOf = (file) => file.split("/").at(-1);

for (const file of [...ofAlerts, ...ofWorkbook]) {
  test(`${file} is a query over tables that there are`, () => assert.deepEqual(problemsOf(read(file)), []));

  test(`${file} says what it is about`, () => assert.match(read(file), /^\/\/ [A-Z]/));
}

test("a query with a wrong column, a wrong operator or a wrong table is found out", () => {
  for (const wrong of ["traces | where gone == 1", "traces | wher message == ''", "gone | take 1"]) assert.notDeepEqual(problemsOf(wrong), [], wrong);
});

test("each query of an alert is used once, and has the columns that the alert looks at", () => {
  const rules = [...alerts.matchAll(/loadTextContent\('\.\.\/alerts\/([\w-]+\.kql)'\)\s+measure: '(\w*)'[\s\S]*?dimension: '(\w*)'/g)];
  assert.deepEqual(rules.map(([, file]) => file).sort(), ofAlerts.map(nameOf));
  for (const [, file, measure, dimension] of rules) {
    const columns = columnsOf(read(`infra/alerts/${file}`));
    assert.ok(columns.includes(measure), `${file} has no ${measure}, but ${columns}`);
    assert.ok(dimension === "" || columns.includes(dimension), `${file} has no ${dimension}, but ${columns}`);
  }
});

test("each query of the workbook is a page's, and is put in by the template", () => {
  const shown = workbook.items.filter(({ type }) => type === 3).map(({ content }) => content.query);
  assert.deepEqual([...shown].sort(), ofWorkbook.map((file) => `@${nameOf(file)}`));
  const loaded = [...read("infra/modules/workbook.bicep").matchAll(/name: '([\w-]+)'\s+text: loadTextContent\('\.\.\/workbook\/([\w-]+)\.kql'\)/g)];
  assert.deepEqual(loaded.map(([, , file]) => `infra/workbook/${file}.kql`).sort(), ofWorkbook);
  for (const [, name, file] of loaded) assert.equal(name, file);
});

test("the workbook is still JSON when the template has put in the queries", () => {
  let text = read("infra/workbook/workbook.json").replaceAll("@component", "/subscriptions/s/component").replaceAll("@namespace", "/subscriptions/s/namespace");
  for (const file of ofWorkbook) text = text.replace(`"@${nameOf(file)}"`, () => JSON.stringify([read(file)]).slice(1, -1));
  const built = JSON.parse(text);
  assert.doesNotMatch(text, /"@/);
  for (const { content } of built.items.filter(({ type }) => type === 3)) assert.deepEqual(problemsOf(content.query), []);
});

test("what the workbook's items are shown for is a page or a parameter that there is", () => {
  const pages = workbook.items.filter(({ type }) => type === 11).flatMap(({ content }) => content.links.map(({ subTarget }) => subTarget));
  const shownFor = workbook.items.map(({ conditionalVisibility }) => conditionalVisibility?.value).filter(Boolean);
  assert.deepEqual(shownFor.filter((page) => !pages.includes(page)), []);
  assert.deepEqual(pages.filter((page) => !shownFor.includes(page)), []);
  const parameters = workbook.items.filter(({ type }) => type === 9).flatMap(({ content }) => content.parameters.map(({ name }) => name));
  const used = ofWorkbook.flatMap((file) => [...read(file).matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
  assert.deepEqual(used.filter((name) => !parameters.includes(name)), []);
});
