import type { Metafile } from 'esbuild';
export function bundledPackages(metafiles: readonly Metafile[]): string[];
export function thirdPartyNotices(metafiles: readonly Metafile[]): string;
