import { callers } from './frameworks/callers.ts';
import { conventions } from './frameworks/conventions.ts';
import { dataHooks } from './frameworks/data-hooks.ts';
import { decorated } from './frameworks/decorated.ts';
import { editors } from './frameworks/editors.ts';
import { httpServers } from './frameworks/http-servers.ts';
import { messaging } from './frameworks/messaging.ts';
import { nodeCore } from './frameworks/node-core.ts';
import { procedures } from './frameworks/procedures.ts';
import { promised } from './frameworks/promised.ts';
import { tools } from './frameworks/tools.ts';
import type { FrameworkModel } from './registration.ts';

/** All models that Looplens knows. A config file adds models of the same form. */
export const frameworks: readonly FrameworkModel[] = [nodeCore, ...httpServers, ...conventions, ...decorated, ...messaging, ...dataHooks, ...editors, ...procedures, callers, promised, ...tools];
