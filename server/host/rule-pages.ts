/**
 * Address of a rule's page: the Markdown file that the build puts beside the program, so that it is the page of this
 * version and needs no network.
 */
export function rulePageUrl(rule: string): string {
  return new URL(`./rules/${rule}.md`, import.meta.url).href;
}
