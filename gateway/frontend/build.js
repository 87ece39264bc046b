// Writes ../page/static: one style sheet, three scripts, two web fonts; and ../page/fonts: the same two for PDF. Nothing here is needed to run.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { compile } from "sass";
import subsetFont from "subset-font";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const write = (name, content) => writeFileSync(here(`../page/static/${name}`), content);

for (const folder of ["static", "fonts"]) mkdirSync(here(`../page/${folder}`), { recursive: true });

const style = compile(here("src/page.scss"), { style: "compressed", loadPaths: [here("node_modules")], quietDeps: true });
write("page.css", style.css);

for (const name of ["chat", "widget", "sw"]) {
  buildSync({ entryPoints: [here(`src/${name}.js`)], bundle: true, minify: true, target: "es2019", charset: "utf8",
    format: "iife", outfile: here(`../page/static/${name}.js`) });
}

// What Vietnamese is written with: ASCII, the letters with their marks, and the signs that guides use. One file a weight, instead
// of the 33 kB of the two subsets that font packages ship.
const LETTERS = "aăâeêioôơuưy";
const MARKS = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"];
const vowels = [...LETTERS].flatMap((letter) => MARKS.map((mark) => (letter + mark).normalize("NFC"))).join("");
const ascii = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).join("");
const text = ascii + vowels + vowels.toUpperCase() + "đĐ" + "\u00a0“”‘’–—…•·°§±×²³½€₫©«»≥≤→✓";

for (const [weight, name] of [[400, "Regular"], [700, "Bold"]]) {
  const font = readFileSync(here(`node_modules/@expo-google-fonts/be-vietnam-pro/${weight}${name}/BeVietnamPro_${weight}${name}.ttf`));
  write(`be-vietnam-pro-${weight}.woff2`, await subsetFont(font, text, { targetFormat: "woff2", noLayoutClosure: true }));
  write(`../fonts/be-vietnam-pro-${weight}.ttf`, await subsetFont(font, text, { targetFormat: "truetype" }));
}
