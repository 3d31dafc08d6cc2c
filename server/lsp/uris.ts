import { fileURLToPath, pathToFileURL } from 'node:url';

const extensions: Readonly<Record<string, string>> = { javascript: '.js', javascriptreact: '.jsx', typescript: '.ts', typescriptreact: '.tsx', json: '.json', jsonc: '.jsonc' };

/** Paths of URIs and back; remembers how a client spelled the URI of a document, since spellings differ in encoding. */
export interface Uris {
  /** Absolute path. Documents that are no files (`untitled:`) get a path of their own, below no folder of the disk. */
  pathOf(uri: string): string;
  /** The client's spelling of an open document, else a `file:` URI. */
  uriOf(path: string): string;
  /** `language` gives the extension to documents whose name has none. */
  open(uri: string, language: string): string;
  close(uri: string): void;
}

export function createUris(): Uris {
  const paths = new Map<string, string>();
  const uris = new Map<string, string>();
  const pathOf = (uri: string): string => paths.get(uri) ?? pathOfUri(uri);
  return {
    pathOf,
    uriOf: path => uris.get(path) ?? pathToFileURL(path).href,
    open(uri, language) {
      const path = pathOf(uri);
      const named = /\.\w+$/.test(path) ? path : path + (extensions[language] ?? '');
      paths.set(uri, named);
      uris.set(named, uri);
      return named;
    },
    close(uri) {
      uris.delete(pathOf(uri));
      paths.delete(uri);
    },
  };
}

/** True for documents that lie on the disk. */
export function isFileUri(uri: string): boolean {
  return uri.startsWith('file:');
}

function pathOfUri(uri: string): string {
  if (isFileUri(uri)) {
    try {
      return fileURLToPath(uri);
    } catch {
      // A malformed URI is a name as good as any other.
    }
  }
  return `/not-a-file/${encodeURIComponent(uri.split(/[?#]/, 1)[0]!)}`;
}
