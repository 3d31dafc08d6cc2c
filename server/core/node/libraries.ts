import type { ApiDescription } from './api.ts';
import { modules, texts } from './generated/node-apis.ts';
import { cryptographyLibraries } from './libraries/cryptography.ts';
import { databaseLibraries } from './libraries/databases.ts';
import { documentLibraries } from './libraries/documents.ts';
import { fileLibraries } from './libraries/files.ts';
import { describeFsLookalike, fsLookalikes } from './libraries/like-fs.ts';
import { describeLibrary, type LibraryModel } from './libraries/model.ts';
import { processLibraries } from './libraries/processes.ts';
import { decodeModule } from './table.ts';

/** The models as they are written; for tests and documentation. */
export const libraries: readonly LibraryModel[] = [...fileLibraries, ...processLibraries, ...databaseLibraries, ...cryptographyLibraries, ...documentLibraries];

/** Rows by module, made when they are first asked for. */
export const libraryModels: ReadonlyMap<string, () => readonly ApiDescription[]> = new Map([
  ...libraries.flatMap(model => model.modules.map(module => [module, () => describeLibrary(model, module)] as const)),
  ...fsLookalikes.map(module => [module, () => describeFsLookalike(module, decodeModule('fs', modules['fs']!, texts))] as const),
]);
