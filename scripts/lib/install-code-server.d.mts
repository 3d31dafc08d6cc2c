export declare const codeServerVersion: string;
export declare function installCodeServer(version?: string): { readonly node: string; readonly server: string; readonly version: string };
