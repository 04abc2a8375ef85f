// Builds static/dist: scripts by esbuild, one style sheet by sass, one sprite of icons,
// and manifest.json, which maps each plain name to the name with its content's hash.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { build, transform } from "esbuild";
import { compile } from "sass";

const source = dirname(fileURLToPath(import.meta.url));
const root = join(source, "..", "..");
const target = join(source, "..", "dist");
const modules = join(root, "node_modules");
const browsers = ["chrome111", "firefox115", "safari16.4"];
const scripts = ["app", "editor", "chart", "path", "figures"];
const manifest = {};

function keep(name, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 10);
  const end = extname(name);
  manifest[name] = `${name.slice(0, -end.length)}-${hash}${end}`;
  writeFileSync(join(target, manifest[name]), content);
}

async function buildScripts() {
  const entryPoints = scripts.map((name) => join(source, `${name}.ts`));
  const { outputFiles } = await build({
    entryPoints, outdir: target, write: false, bundle: true, minify: true,
    alias: { "@codemirror/lang-html": join(source, "editor", "no_html.ts") },
    format: "iife", target: browsers, charset: "utf8", legalComments: "eof", logLevel: "warning",
  });
  for (const file of outputFiles) keep(file.path.split(/[\\/]/).pop(), file.contents);
}

async function buildStyles() {
  const { css } = compile(join(source, "css", "app.scss"), {
    loadPaths: [modules], quietDeps: true,
    silenceDeprecations: ["import", "global-builtin", "color-functions", "if-function"],
  });
  const code = join(source, "css", "code.css");
  const whole = existsSync(code) ? css + readFileSync(code, "utf8") : css;
  const result = await transform(whole, { loader: "css", minify: true, target: browsers });
  keep("app.css", result.code);
}

function symbol(name) {
  const own = join(source, "icons", `${name}.svg`);
  const path = existsSync(own) ? own : join(modules, "bootstrap-icons", "icons", `${name}.svg`);
  if (!existsSync(path)) throw new Error(`No icon is called ${name} (static/src/icons.txt).`);
  const svg = readFileSync(path, "utf8");
  const box = /viewBox="([^"]+)"/.exec(svg)[1];
  const inside = svg.replace(/^[^]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "").trim();
  return `<symbol id="${name}" viewBox="${box}">${inside}</symbol>`;
}

function buildIcons() {
  const names = readFileSync(join(source, "icons.txt"), "utf8").split("\n")
    .map((line) => line.replace(/#.*/, "").trim()).filter(Boolean);
  const symbols = [...new Set(names)].map(symbol).join("\n");
  keep("icons.svg", `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols}\n</svg>\n`);
}

mkdirSync(target, { recursive: true });
await Promise.all([buildScripts(), buildStyles()]);
buildIcons();
for (const name of readdirSync(join(source, "pictures"))) {
  keep(name, readFileSync(join(source, "pictures", name)));
}
// Last, so that a build that broke half-way never looks finished; old files go only after that.
writeFileSync(join(target, "manifest.json"), JSON.stringify(manifest, null, 2) + "\n");
const kept = new Set([...Object.values(manifest), "manifest.json"]);
for (const name of readdirSync(target)) if (!kept.has(name)) rmSync(join(target, name));
