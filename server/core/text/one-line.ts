const linesAndTabs = /[\n\r\t]+/g;
const controls = /[\u0000-\u001F\u007F-\u009F\u2028\u2029]/g;
/** What reorders text (UAX #9) or takes no place; joiners stay, since scripts and emoji need them. */
const invisible = /[\u00AD\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\uFFF9-\uFFFB\u{E0000}-\u{E007F}]/gu;

/**
 * The text on one line, without what could steer a terminal, break a format or show another text than there is: line feeds and
 * tabs become blanks, other controls U+FFFD; what is invisible is written out as `\u{202E}`.
 */
export function oneLine(text: string): string {
  return text
    .replace(linesAndTabs, ' ')
    .replace(controls, '\uFFFD')
    .replace(invisible, character => `\\u{${character.codePointAt(0)!.toString(16).toUpperCase()}}`);
}

/**
 * A value as JSON, indented, with a line feed at its end, in which what is invisible or steers a terminal stands as `\u202e`: the same
 * value for every reader, and nothing that a log would act on.
 */
export function plainJson(value: unknown): string {
  const escape = (character: string): string => [...Array(character.length).keys()].map(index => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`).join('');
  return `${JSON.stringify(value, null, 2).replace(/[\u007F-\u009F\u2028\u2029]/g, escape).replace(invisible, escape)}\n`;
}
