import type { Timeline } from '../../server/core/order/timeline.ts';
import type { HostToView, ViewToHost } from '../../server/lsp/protocol.ts';
import { fileName } from './state.ts';

/** The other side of the view. */
export interface Host {
  readonly kind: 'editor' | 'page';
  post(message: ViewToHost): void;
  listen(receive: (message: HostToView) => void): void;
}

/** The data block of a page that stands alone; server/core/report/timeline-html.ts writes it. */
export interface PageData {
  readonly timeline: Timeline;
  readonly source: string;
  readonly text: string;
  readonly mermaid: string;
}

interface VsCodeApi {
  postMessage(message: ViewToHost): void;
}

/** VS Code where it is there, else the page itself. */
export function connectHost(onCopied: () => void): Host {
  const acquire = (globalThis as { acquireVsCodeApi?: () => VsCodeApi }).acquireVsCodeApi;
  if (acquire) {
    const api = acquire();
    return {
      kind: 'editor',
      post: message => api.postMessage(message),
      listen: receive => addEventListener('message', event => receive(event.data as HostToView)),
    };
  }
  return pageHost(onCopied);
}

function pageHost(onCopied: () => void): Host {
  const data = JSON.parse(document.getElementById('looplens-data')?.textContent || 'null') as PageData | null;
  // The page as it was delivered, before the view fills it.
  const page = `<!doctype html>\n${document.documentElement.outerHTML}\n`;
  let receive: (message: HostToView) => void = () => {};
  const name = fileName(data?.timeline.file ?? 'timeline').replace(/\.\w+$/, '');
  return {
    kind: 'page',
    listen: listener => (receive = listener),
    post(message) {
      if (!data) return;
      if (message.type === 'ready') receive({ type: 'timeline', revision: 1, timeline: data.timeline, source: data.source });
      else if (message.type === 'explainOutcome') receive({ type: 'outcomeSteps', revision: message.revision, index: message.index, steps: null });
      else if (message.type === 'copyText') void copy(data.text).then(onCopied);
      else if (message.type === 'export') {
        if (message.format === 'svg') save(`${name}.svg`, 'image/svg+xml', message.content ?? '');
        else if (message.format === 'mermaid') save(`${name}.mmd`, 'text/plain', data.mermaid);
        else if (message.format === 'html') save(`${name}.html`, 'text/html', page);
        else save(`${name}.txt`, 'text/plain', data.text);
      }
    },
  };
}

function save(name: string, type: string, content: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content], { type: `${type};charset=utf-8` }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Without permission, as in a page from disk in some browsers.
    const area = document.createElement('textarea');
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  }
}
