// Writes what gateway and console serve: style sheets, scripts, web fonts, and the fonts for PDF. Nothing here is needed to run.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { compile } from "sass";
import subsetFont from "subset-font";

// Each process has a folder of its own, so that neither needs the other to be installed beside it.
const FACES = [
  { folder: "../gateway/page/static", style: "page", scripts: ["chat", "widget", "sw"] },
  { folder: "../console/static", style: "console", scripts: ["console", "charts", "volunteer", "volunteer-sw"] },
];
const PDF_FONTS = "../gateway/page/fonts";
const here = (path) => fileURLToPath(new URL(path, import.meta.url));

// What Vietnamese is written with: ASCII, the letters with their marks, and the signs that guides use. One file a weight, instead
// of the 33 kB of the two subsets that font packages ship.
const LETTERS = "aăâeêioôơuưy";
const MARKS = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"];
const vowels = [...LETTERS].flatMap((letter) => MARKS.map((mark) => (letter + mark).normalize("NFC"))).join("");
const ascii = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).join("");
const text = ascii + vowels + vowels.toUpperCase() + "đĐ" + "\u00a0“”‘’–—…•·°§±×²³½€₫©«»≥≤→✓";

const fonts = await Promise.all([[400, "Regular"], [700, "Bold"]].map(async ([weight, name]) => {
  const font = readFileSync(here(`node_modules/@expo-google-fonts/be-vietnam-pro/${weight}${name}/BeVietnamPro_${weight}${name}.ttf`));
  const subset = (targetFormat) => subsetFont(font, text, { targetFormat, noLayoutClosure: true });
  return { name: `be-vietnam-pro-${weight}`, web: await subset("woff2"), pdf: await subset("truetype") };
}));

for (const { folder, style, scripts } of FACES) {
  const write = (name, content) => writeFileSync(here(`${folder}/${name}`), content);
  mkdirSync(here(folder), { recursive: true });
  write(`${style}.css`, compile(here(`src/${style}.scss`), { style: "compressed", loadPaths: [here("node_modules")], quietDeps: true }).css);
  for (const name of scripts) {
    buildSync({ entryPoints: [here(`src/${name}.js`)], bundle: true, minify: true, target: "es2019", charset: "utf8",
      format: "iife", outfile: here(`${folder}/${name}.js`) });
  }
  for (const { name, web } of fonts) write(`${name}.woff2`, web);
}

mkdirSync(here(PDF_FONTS), { recursive: true });
for (const { name, pdf } of fonts) writeFileSync(here(`${PDF_FONTS}/${name}.ttf`), pdf);
