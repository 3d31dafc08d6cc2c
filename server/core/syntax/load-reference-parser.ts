// Imported for what it does: whoever explains TypeScript or texts with errors needs it.
import { useReferenceParser } from './parse-script.ts';
import { parse } from './parse.ts';

useReferenceParser(parse);
