import { createRequire } from "node:module";
import { Language, Parser } from "web-tree-sitter";

await Parser.init();
const parser = new Parser();
parser.setLanguage(await Language.load(createRequire(import.meta.url).resolve("tree-sitter-bicep/tree-sitter-bicep.wasm")));

/** The syntax tree of a template. */
export const parse = (text) => parser.parse(text).rootNode;

/** Every node below a node, itself first. */
export function* nodesOf(node) {
  yield node;
  for (const child of node.namedChildren) yield* nodesOf(child);
}

/** What does not parse, as "line: text". */
export const errorsOf = (tree) =>
  [...nodesOf(tree)].filter((node) => node.type === "ERROR" || node.isMissing).map((node) => `${node.startPosition.row + 1}: ${node.text.slice(0, 60)}`);

/** The declarations of one kind (parameter, output, variable, resource, module), each with its name, its decorators' text and its node. */
export function declarationsOf(tree, kind) {
  const found = [];
  let decorators = "";
  for (const node of tree.namedChildren) {
    if (node.type === "decorators") decorators = node.text;
    else if (node.type !== "comment") {
      if (node.type === `${kind}_declaration`) found.push({ name: node.namedChildren[0].text, decorators, node });
      decorators = "";
    }
  }
  return found;
}

/** The resources of a template, those inside others too, each with its type and version and the text of its body. */
export function resourcesOf(tree) {
  const found = [];
  const visit = (node, parent) => {
    let within = parent;
    if (node.type === "resource_declaration") {
      const [type, version] = node.namedChildren[1].text.slice(1, -1).split("@");
      within = parent ? { type: `${parent.type}/${type}`, version: version ?? parent.version } : { type, version };
      found.push({ ...within, existing: /^resource\s+\w+\s+'[^']+'\s+existing\b/.test(node.text), text: node.text });
    }
    for (const child of node.namedChildren) visit(child, within);
  };
  visit(tree, undefined);
  return found;
}
