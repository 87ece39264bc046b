// The search of console/helping/handbook.py, for who has no network: letters without marks, beginnings of words, initials.
const MOST = 12;

const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();

const words = (text) => (fold(text).match(/[a-z0-9]+/g) || []).map((word) => word.replace(/^([hklmst])y$/, "$1i"));

// How far a name is from what was typed, as one number: said in one go, the guide's own name, and short ones first.
function distance(tokens, parts, isAlias) {
  const initials = parts.map((part) => part[0]).join("");
  const isMeant = (token) => parts.some((part) => part.startsWith(token)) || (token.length > 1 && initials.includes(token));
  if (!tokens.every(isMeant)) return Infinity;
  const isSaid = parts.some((_, start) => tokens.every((token, index) => parts[start + index]?.startsWith(token)));
  return (isSaid ? 0 : 2000) + (isAlias ? 1000 : 0) + parts.length;
}

// [code, name] of each guide that is meant, the nearest name first.
export function search(guides, typed) {
  const tokens = words(typed);
  if (!tokens.length) return [];
  const ranked = Object.entries(guides).map(([code, { name, names }]) => {
    const far = Math.min(...names.map((one, index) => distance(tokens, one.split(" "), index > 0)));
    return { code, name, far, folded: fold(name) };
  });
  ranked.sort((one, other) => one.far - other.far || (one.folded < other.folded ? -1 : Number(one.folded > other.folded)));
  return ranked.filter(({ far }) => far < Infinity).slice(0, MOST).map(({ code, name }) => [code, name]);
}
