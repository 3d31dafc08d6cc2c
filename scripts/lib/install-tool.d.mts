export const toolDirectory: string;
export function installTools(specs: readonly string[]): Promise<string>;
