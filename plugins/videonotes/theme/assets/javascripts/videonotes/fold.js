// @ts-check
// How words are read, so that readers need not write them as authors do. core/terms.py reads names the same way.

const STOP = new Set(
  ("a an and are as at be by can do does for from how i in into is it its my of on or should that the their this to" +
    " vs was what when where which who why will with you your").split(" "),
);
/** Words of so many texts that their places, which are as many, tell nothing beside other words. */
const COMMON = new Set(
  ("about after also because been between but could had has have he her his if like more most not often other our she so" +
    " such than them then there these they through use used uses using was we were while would").split(" "),
);
/** Letters that do not decompose into one of A to Z and a mark. @type {Record<string, string>} */
const PLAIN = { ł: "l", ø: "o", đ: "d", ħ: "h", ı: "i", ß: "s", æ: "a", œ: "o", þ: "t", ð: "d", ŋ: "n", ŧ: "t", ƶ: "z" };
const UNSPACED = /[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]/;

/**
 * Letters without their marks, in lower case.
 * @param {string} text
 */
export function fold(text) {
  if (/^[\x00-\x7f]*$/.test(text)) return text.toLowerCase();
  const plain = text.normalize("NFKD").replace(/\p{Mn}|\p{Cf}/gu, "").toLowerCase();
  return plain.replace(/[^\x00-\x7f]/g, (char) => PLAIN[char] ?? char);
}

/** @param {string} text */
export function words(text) {
  return fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Only letters and digits. @param {string} text */
export function squash(text) {
  return words(text).join("");
}

/** Whether a word tells one text from another. @param {string} word */
export function tells(word) {
  return !STOP.has(word);
}

/**
 * @param {string} text
 * @returns {string[]} the words that tell one name from another, each once; all where there are no others
 */
export function telling(text) {
  return someOrAll([...new Set(words(text))], tells);
}

/**
 * @param {string[]} wanted
 * @returns {string[]} the words that tell one text from another; all where there are no others
 */
export function rarer(wanted) {
  return someOrAll(wanted, (word) => !COMMON.has(word));
}

/** @param {string[]} found @param {(word: string) => boolean} keeps */
function someOrAll(found, keeps) {
  const some = found.filter(keeps);
  return some.length ? some : found;
}

/**
 * The terms under which a name is found: its telling words, the parts of one in camel case, words joined
 * by a sign as one, and each character, and each two, of scripts that do not space words.
 * @param {string} name
 * @returns {string[]}
 */
export function terms(name) {
  const found = new Set(telling(name));
  for (const [joined] of name.matchAll(/[\p{L}\p{N}]+(?:[-'’./&+][\p{L}\p{N}]+)+/gu)) found.add(squash(joined));
  for (const [run] of name.matchAll(/[\p{L}\p{N}]+/gu)) {
    const parts = run.split(/(?<=[a-z])(?=[A-Z])/);
    if (parts.length > 1) for (const part of parts) found.add(fold(part));
    if (!UNSPACED.test(run)) continue;
    for (const size of [1, 2]) for (let at = 0; at <= run.length - size; at++) found.add(run.slice(at, at + size));
  }
  return [...found];
}

/**
 * A word without the endings that English grammar gives it: "rinsing", "rinse", "rinses" are one.
 * @param {string} word
 */
export function stem(word) {
  if (word.length < 4 || !/^[a-z]+$/.test(word)) return word;
  let found = word.replace(/(?<![siu])s$/, "").replace(/(?<=...)(?:ings?|ed|ies?|[ey])$/, "");
  if (found.length < 3) found = word;
  return found.replace(/([bdfgmnprt])\1$/, "$1");
}

/**
 * How many letters must be changed, put in, left out or swapped to make one word of another (optimal
 * string alignment); `most + 1` where it is more than `most`.
 * @param {string} one
 * @param {string} other
 * @param {number} most
 */
export function distance(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let [before, last] = [/** @type {number[]} */ ([]), Array.from({ length: other.length + 1 }, (_, at) => at)];
  for (let row = 1; row <= one.length; row++) {
    const own = [row];
    for (let at = 1; at <= other.length; at++) {
      const same = one[row - 1] === other[at - 1];
      own[at] = Math.min(last[at] + 1, own[at - 1] + 1, last[at - 1] + (same ? 0 : 1));
      if (row > 1 && at > 1 && one[row - 1] === other[at - 2] && one[row - 2] === other[at - 1]) {
        own[at] = Math.min(own[at], before[at - 2] + 1);
      }
    }
    if (Math.min(...own) > most) return most + 1;
    [before, last] = [last, own];
  }
  return last[other.length];
}
