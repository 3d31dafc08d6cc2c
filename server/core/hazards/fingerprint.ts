/**
 * FNV-1a with 64 bits over the UTF-16 units of the text, as 16 hexadecimal digits.
 * core has no node:crypto and nobody attacks a fingerprint, so a plain hash does: among 100,000 findings the
 * chance that any two collide is about 3 in 10¹⁰. Parameters: http://www.isthe.com/chongo/tech/comp/fnv/ (FNV-1a, 64 bit).
 */
export function fnv1a64(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (let i = 0; i < text.length; i++) hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(i))) * 0x100000001b3n);
  return hash.toString(16).padStart(16, '0');
}

/**
 * Numbers the findings that are alike: the fingerprint holds rule, file, anchor and the ordinal among those with the
 * same three, in the order of the text. Lines and columns are not in it, so edits elsewhere leave it as it is.
 */
export function createFingerprinter(): (rule: string, file: string, anchor: string) => string {
  const counts = new Map<string, number>();
  return (rule, file, anchor) => {
    const key = `${rule}\n${file}\n${anchor.replace(/\s+/g, ' ').trim()}`;
    const ordinal = counts.get(key) ?? 0;
    counts.set(key, ordinal + 1);
    return fnv1a64(`${key}\n${ordinal}`);
  };
}
