import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import vm from "node:vm";
import { tables } from "./tables.mjs";

// The language service is a .NET library translated to scripts that share globals.
const require = createRequire(import.meta.url);
const folder = path.dirname(require.resolve("@kusto/language-service-next"));
for (const script of ["bridge.min.js", "Kusto.Language.Bridge.min.js"]) vm.runInThisContext(readFileSync(path.join(folder, script), "utf8"), { filename: script });

const { KustoCode, GlobalState, Symbols } = globalThis.Kusto.Language;
const symbols = Object.entries(tables).map(([name, columns]) =>
  Symbols.TableSymbol.From(`(${Object.entries(columns).map(([column, type]) => `${column}: ${type}`).join(", ")})`).WithName(name));
const globals = GlobalState.Default.WithDatabase(new Symbols.DatabaseSymbol.$ctor1("telemetry", symbols));

/** What the language service finds wrong with a query, as "severity code: message at line". */
export function problemsOf(query) {
  const found = KustoCode.ParseAndAnalyze(query, globals).GetDiagnostics();
  const problems = [];
  for (let index = 0; index < found.Count; index++) {
    const { Severity, Code, Message, Start } = found.getItem(index);
    problems.push(`${Severity} ${Code}: ${Message} (line ${query.slice(0, Start).split("\n").length})`);
  }
  return problems;
}

/** The columns of a query's result. */
export function columnsOf(query) {
  const { Columns } = KustoCode.ParseAndAnalyze(query, globals).ResultType;
  return Array.from({ length: Columns.Count }, (_, index) => Columns.getItem(index).Name);
}
