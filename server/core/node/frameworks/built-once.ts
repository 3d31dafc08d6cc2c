/** Exports by which a file says that what it answers is made when the program is built. */
export interface BuiltOnce {
  readonly packages: readonly string[];
  readonly exported: string;
  readonly is: readonly (string | number | boolean | null)[];
  /** Holds only beside this export. */
  readonly beside?: string;
}

/** Sources: Next.js docs, Route Segment Config; SvelteKit docs, Page options; Astro docs, On-demand rendering. */
export const builtOnce: readonly BuiltOnce[] = [
  { packages: ['next'], exported: 'dynamic', is: ['force-static', 'error'] },
  { packages: ['next'], exported: 'dynamicParams', is: [false], beside: 'generateStaticParams' },
  { packages: ['@sveltejs/kit', 'astro'], exported: 'prerender', is: [true] },
];
