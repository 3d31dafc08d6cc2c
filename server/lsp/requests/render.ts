import { fileURLToPath } from 'node:url';
import { renderTimelineHtml } from '../../core/report/timeline-html.ts';
import { renderTimelineMermaid } from '../../core/report/timeline-mermaid.ts';
import { renderTimelineText } from '../../core/report/timeline-text.ts';
import { renameFiles } from '../../host/explain-host.ts';
import { readText } from '../../host/read-file.ts';
import type { RenderParams } from '../protocol.ts';
import type { Session } from '../session.ts';

/** `looplens/render`: the same texts and the same page as `looplens explain --format` writes. */
export async function render(session: Session, { timeline, source, format }: RenderParams): Promise<string> {
  const named = renameFiles(timeline, uri => session.projectOf(uri).fileOf(session.uris.pathOf(uri)));
  if (format === 'mermaid') return renderTimelineMermaid(named);
  if (format === 'text') return renderTimelineText(named, undefined, session.locale);
  const asset = (name: string): string => {
    const text = readText(fileURLToPath(new URL(`./${name}`, import.meta.url)), 'named');
    if (text === null) throw new Error(`the installation is damaged: ${name} is missing`);
    return text;
  };
  return renderTimelineHtml(named, source, { script: asset('webview.js'), style: asset('webview.css') }, session.locale);
}
