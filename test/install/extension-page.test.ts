import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { buildExtension } from '../vscode/built-extension.ts';

// The page that the Marketplace, Open VSX and VS Code show is the packed README: nothing in it may lead nowhere.

const extension = buildExtension();
after(extension.remove);
const page = readFileSync(join(extension.folder, 'README.md'), 'utf8');
const manifest = JSON.parse(readFileSync(join(extension.folder, 'package.json'), 'utf8')) as { version: string; repository: { url: string }; icon: string; contributes: { walkthroughs: { steps: { media: { markdown?: string } }[] }[] } };

describe('the page of the extension', () => {
  test('carries its pictures', () => {
    const pictures = [...page.matchAll(/!\[[^\]]*\]\(([^)]*)\)/g)].map(([, target]) => target!);
    assert.ok(pictures.length >= 3);
    for (const target of pictures) {
      const bytes = Buffer.from(/^data:image\/png;base64,([\w+/=]+)$/.exec(target)?.[1] ?? '', 'base64');
      assert.deepEqual([...bytes.subarray(0, 4)], [0x89, 0x50, 0x4e, 0x47], target.slice(0, 60));
    }
  });

  test('has no relative link; those into the repository name files that are there', () => {
    const base = `${manifest.repository.url.replace(/^git\+|\.git$/g, '')}/blob/v${manifest.version}/`;
    const links = [...page.matchAll(/(?<!!)\[(?:[^\]\\]|\\.)*\]\(([^)]*)\)/g)].map(([, target]) => target!);
    assert.ok(links.some(link => link.startsWith(base)));
    for (const link of links) {
      assert.match(link, /^(?:https:\/\/|#)/, link);
      if (link.startsWith(base)) assert.ok(existsSync(link.slice(base.length).replace(/#.*/, '')), link);
    }
  });

  test('names a repository, a home page, a place for issues, an icon; the pages of the walkthrough are packed', () => {
    for (const key of ['repository', 'homepage', 'bugs', 'license', 'galleryBanner', 'icon', 'categories', 'keywords']) assert.ok(key in manifest, key);
    for (const path of ['CHANGELOG.md', 'LICENSE', manifest.icon, ...['package.nls.json', 'package.nls.zh-cn.json'].flatMap(file => manifest.contributes.walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => (JSON.parse(readFileSync(join(extension.folder, file), 'utf8')) as Record<string, string>)[media.markdown!.slice(1, -1)]!)))]) assert.ok(existsSync(join(extension.folder, path)), path);
  });
});
