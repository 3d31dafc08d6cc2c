export const cacheDirectory: string;
export function installNode(major: number | string): Promise<string>;
