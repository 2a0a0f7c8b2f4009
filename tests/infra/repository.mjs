import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

/** The text of a file of the repository. */
export const read = (file) => readFileSync(path.join(root, file), "utf8").replaceAll("\r\n", "\n");

/** The files of one kind in a folder, by their path in the repository. */
export const files = (folder, extension) =>
  readdirSync(path.join(root, folder)).filter((name) => name.endsWith(extension)).sort().map((name) => `${folder}/${name}`);

/** The templates. */
export const templates = ["infra/main.bicep", ...files("infra/modules", ".bicep")];
