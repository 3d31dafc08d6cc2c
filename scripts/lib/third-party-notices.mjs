// The licence texts of the packages whose code is in a bundle, as their licences ask of whoever passes the bundle on.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const licenceFile = /^(?:licen[cs]e|copying|notice|third.?party.?notices?(?:text)?|copyrightnotice)(?:[-.].*)?$/i;

/**
 * The packages that esbuild took files from.
 * @param {readonly import('esbuild').Metafile[]} metafiles
 * @returns {string[]} their folders, such as `node_modules/ignore`, sorted, each once
 */
export function bundledPackages(metafiles) {
  const folders = metafiles.flatMap(({ outputs }) =>
    Object.values(outputs).flatMap(({ inputs }) =>
      // Only what left bytes in an output: a file that was tree-shaken away is not passed on.
      Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? (/^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? []) : [])),
    ),
  );
  return [...new Set(folders)].sort();
}

/**
 * @param {readonly import('esbuild').Metafile[]} metafiles
 * @returns {string} the file's text
 * @throws where a package brings no licence text: it cannot be shipped then
 */
export function thirdPartyNotices(metafiles) {
  const parts = bundledPackages(metafiles).map(folder => {
    const { name, version, license, homepage } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const texts = readdirSync(folder, { withFileTypes: true })
      .filter(entry => entry.isFile() && licenceFile.test(entry.name))
      .map(entry => readFileSync(join(folder, entry.name), 'utf8').replaceAll('\r\n', '\n').trim());
    if (texts.length === 0) texts.push(readmeLicence(folder, name));
    return [`${name} ${version}`, `Licence: ${license}`, ...(homepage ? [homepage] : []), '', ...texts].join('\n');
  });
  const line = '='.repeat(80);
  return [`Looplens contains code of these packages, under their licences.`, ...parts, ''].join(`\n\n${line}\n\n`);
}

/** Some packages have their licence only as a section of the README. */
function readmeLicence(folder, name) {
  const readme = ['README.md', 'readme.md', 'Readme.md'].map(file => join(folder, file)).find(existsSync);
  const section = readme && /^#+ licen[cs]e\b[^\n]*\n+([\s\S]*?)(?=\n#+ |$(?![\s\S]))/im.exec(readFileSync(readme, 'utf8'))?.[1]?.trim();
  if (!section || section.length < 200) throw new Error(`${name} is bundled and brings no licence text`);
  return section;
}
