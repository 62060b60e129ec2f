// Copies the built SPARQL editor out of node_modules into the folder that the server serves; nothing is bundled here.
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const source = join(here, "node_modules", "@zazuko", "yasgui");
const target = join(here, "..", "static", "vendor");
const { name, version, license, homepage } = JSON.parse(readFileSync(join(source, "package.json"), "utf8"));

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
for (const file of ["yasgui.min.js", "yasgui.min.css"]) {
  copyFileSync(join(source, "build", file), join(target, file));
}
writeFileSync(join(target, "NOTICE"), `${name} ${version}, ${license} licence, ${homepage}\n`);
console.log(`${name} ${version} -> ${target}`);
