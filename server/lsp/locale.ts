import type { Locale } from '../core/hazards/messages.ts';

/** The language of our texts for a client's locale (`zh-CN`, `zh`, `de`): simplified Chinese for what is not traditional, else English. */
export function localeOf(locale: string | undefined): Locale {
  return /^zh(?!-(?:tw|hk|hant))/i.test(locale ?? '') ? 'zh-cn' : 'en';
}
